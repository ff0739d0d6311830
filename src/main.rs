//! Arguments to exit status, nothing else.

fn main() -> std::process::ExitCode {
    std::process::ExitCode::from(minhbach::cli::run(std::env::args_os()) as u8)
}

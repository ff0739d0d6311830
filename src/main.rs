//! Arguments to exit status, nothing else.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    std::process::ExitCode::from(minhbach::cli::run(std::env::args_os()) as u8)
}

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| minhbach_fuzz::sheet(bytes));

//! Runs a program and stops it at one of its system calls: to kill it there, or to let the call fail.
//!
//! Every thread and every child is followed; calls are counted over all of them, in the order in which they are entered. Only calls that
//! change a file system are counted.

use std::collections::HashSet;
use std::process::{Child, Command};

use nix::errno::Errno;
use nix::libc::{self, c_long};
use nix::sys::ptrace::{self, Options};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

/// What happens at the call with the number that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The whole program is killed before the call does anything.
    Kill,
    /// The call does nothing and fails.
    Fail(Errno),
}

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
pub enum End {
    /// With an exit status.
    Status(i32),
    /// By a signal.
    Signal(Signal),
}

/// What was seen of a run.
#[derive(Debug)]
pub struct Run {
    /// The calls that change a file system, by name.
    pub calls: Vec<&'static str>,
    /// Whether a socket was asked for, or another program was started.
    pub strayed: Vec<&'static str>,
    /// How it ended.
    pub end: End,
}

/// The calls that change a file system.
const CHANGING: &[(c_long, &str)] = &[
    (libc::SYS_open, "open"),
    (libc::SYS_openat, "openat"),
    (libc::SYS_creat, "creat"),
    (libc::SYS_write, "write"),
    (libc::SYS_writev, "writev"),
    (libc::SYS_pwrite64, "pwrite64"),
    (libc::SYS_rename, "rename"),
    (libc::SYS_renameat, "renameat"),
    (libc::SYS_renameat2, "renameat2"),
    (libc::SYS_link, "link"),
    (libc::SYS_linkat, "linkat"),
    (libc::SYS_symlink, "symlink"),
    (libc::SYS_symlinkat, "symlinkat"),
    (libc::SYS_mkdir, "mkdir"),
    (libc::SYS_mkdirat, "mkdirat"),
    (libc::SYS_rmdir, "rmdir"),
    (libc::SYS_unlink, "unlink"),
    (libc::SYS_unlinkat, "unlinkat"),
    (libc::SYS_chmod, "chmod"),
    (libc::SYS_fchmod, "fchmod"),
    (libc::SYS_fchmodat, "fchmodat"),
    (libc::SYS_truncate, "truncate"),
    (libc::SYS_ftruncate, "ftruncate"),
    (libc::SYS_fallocate, "fallocate"),
    (libc::SYS_copy_file_range, "copy_file_range"),
    (libc::SYS_sendfile, "sendfile"),
    (libc::SYS_utimensat, "utimensat"),
    (libc::SYS_fsync, "fsync"),
    (libc::SYS_fdatasync, "fdatasync"),
    (libc::SYS_syncfs, "syncfs"),
    (libc::SYS_flock, "flock"),
];

/// The calls that a build has no use for.
const STRAY: &[(c_long, &str)] = &[
    (libc::SYS_socket, "socket"),
    (libc::SYS_connect, "connect"),
    (libc::SYS_execve, "execve"),
    (libc::SYS_execveat, "execveat"),
    // Calls through a queue, which are not seen one by one.
    (libc::SYS_io_uring_setup, "io_uring_setup"),
];

/// Runs a program to its end, with a fault at the changing call `at.0`, counted from 0.
pub fn run(command: &Command, at: Option<(usize, Fault)>) -> Run {
    let child = start(command);
    let main = Pid::from_raw(child.id() as i32);
    let mut tracer = Tracer { main, at, begun: false, inside: HashSet::new(), failing: None, run: Run::new() };
    tracer.follow();
    tracer.run
}

/// Starts a shell that stops itself until it is followed, and then becomes the program.
fn start(command: &Command) -> Child {
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", "kill -STOP $$; exec \"$@\"", "sh"]).arg(command.get_program()).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        shell.current_dir(folder);
    }
    shell.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    let child = shell.spawn().unwrap();
    let pid = Pid::from_raw(child.id() as i32);
    waitpid(pid, Some(WaitPidFlag::WUNTRACED)).unwrap();
    let options = Options::PTRACE_O_TRACESYSGOOD
        | Options::PTRACE_O_TRACECLONE
        | Options::PTRACE_O_TRACEFORK
        | Options::PTRACE_O_TRACEVFORK
        | Options::PTRACE_O_TRACEEXEC
        | Options::PTRACE_O_EXITKILL;
    ptrace::seize(pid, options).unwrap();
    ptrace::interrupt(pid).unwrap();
    kill(pid, Signal::SIGCONT).unwrap();
    child
}

impl Run {
    fn new() -> Run {
        Run { calls: Vec::new(), strayed: Vec::new(), end: End::Status(-1) }
    }
}

struct Tracer {
    main: Pid,
    at: Option<(usize, Fault)>,
    /// Whether the shell has become the program.
    begun: bool,
    /// The threads that are in a call.
    inside: HashSet<Pid>,
    /// The thread whose call is to fail when it ends.
    failing: Option<(Pid, Errno)>,
    run: Run,
}

impl Tracer {
    fn follow(&mut self) {
        loop {
            match waitpid(None, Some(WaitPidFlag::__WALL)) {
                Ok(WaitStatus::Exited(pid, status)) if pid == self.main => break self.run.end = End::Status(status),
                Ok(WaitStatus::Signaled(pid, signal, _)) if pid == self.main => {
                    break self.run.end = End::Signal(signal);
                }
                Ok(WaitStatus::PtraceSyscall(pid)) => self.stopped_at_call(pid),
                Ok(WaitStatus::PtraceEvent(pid, _, event)) => {
                    self.begun |= event == libc::PTRACE_EVENT_EXEC;
                    // However it was asked for: `clone`, too, makes processes.
                    if self.begun && matches!(event, libc::PTRACE_EVENT_FORK | libc::PTRACE_EVENT_VFORK) {
                        self.run.strayed.push("fork");
                    }
                    go_on(pid, None);
                }
                Ok(WaitStatus::Stopped(pid, signal)) => go_on(pid, Some(signal)),
                Ok(_) => {}
                Err(errno) => panic!("the traced program was lost: {errno}"),
            }
        }
    }

    fn stopped_at_call(&mut self, pid: Pid) {
        // A thread that was killed meanwhile has no registers any more.
        let Ok(mut registers) = ptrace::getregs(pid) else { return };
        if self.inside.remove(&pid) {
            if let Some((_, errno)) = self.failing.take_if(|(failing, _)| *failing == pid) {
                registers.rax = (-(errno as i64)) as u64;
                let _ = ptrace::setregs(pid, registers);
            }
            return go_on(pid, None);
        }
        self.inside.insert(pid);
        let number = registers.orig_rax as c_long;
        let name =
            |list: &[(c_long, &'static str)]| list.iter().find(|(call, _)| *call == number).map(|(_, name)| *name);
        if self.begun {
            self.run.strayed.extend(name(STRAY));
        }
        if let Some(name) = name(CHANGING).filter(|_| self.begun && changes(&registers)) {
            let index = self.run.calls.len();
            self.run.calls.push(name);
            match self.at {
                Some((at, Fault::Kill)) if at == index => {
                    let _ = kill(self.main, Signal::SIGKILL);
                    return;
                }
                Some((at, Fault::Fail(errno))) if at == index => {
                    registers.orig_rax = u64::MAX;
                    ptrace::setregs(pid, registers).unwrap();
                    self.failing = Some((pid, errno));
                }
                _ => {}
            }
        }
        go_on(pid, None);
    }
}

/// Whether a call of the list changes something as it was called: opening only where it may make a file, writing only
/// where it is not to the terminal.
fn changes(registers: &libc::user_regs_struct) -> bool {
    let makes = |flags: u64| flags & libc::O_CREAT as u64 != 0;
    match registers.orig_rax as c_long {
        libc::SYS_open => makes(registers.rsi),
        libc::SYS_openat => makes(registers.rdx),
        libc::SYS_write | libc::SYS_writev | libc::SYS_pwrite64 => registers.rdi > 2,
        _ => true,
    }
}

fn go_on(pid: Pid, signal: Option<Signal>) {
    // A thread that was killed meanwhile cannot go on.
    let _ = ptrace::syscall(pid, signal);
}

//! SQLite: one file, no server to look after.

use std::fs::File;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use rusqlite::types::{ToSql, ToSqlOutput, Value as SqlValue, ValueRef};
use rusqlite::{Connection, params_from_iter};

use crate::inbox::error::Error;
use crate::inbox::store::{Database, Dialect, Row, Value};
use crate::say;

/// 3.51.3 mends a fault by which a file in WAL mode could be corrupted.
const OLDEST: i32 = 3_051_003;

/// How long a connection waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection to a file.
#[derive(Debug)]
pub struct Sqlite(Connection);

impl Sqlite {
    /// Opens a file, which is made, for its owner only, where it is not there.
    ///
    /// # Errors
    /// Where the library is too old, or the file cannot be opened.
    pub fn open(path: &Path) -> Result<Self, Error> {
        check_version(rusqlite::version_number(), rusqlite::version())?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| Error::disk(folder, &error))?;
        }
        let made = File::options().write(true).create(true).truncate(false).mode(0o600).open(path);
        made.map_err(|error| Error::disk(path, &error))?;
        let connection = Connection::open(path).map_err(told)?;
        connection.busy_timeout(PATIENCE).map_err(told)?;
        // FULL: what was committed is on the disk, also after the power failed.
        connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;").map_err(told)?;
        Ok(Sqlite(connection))
    }
}

fn check_version(number: i32, shown: &str) -> Result<(), Error> {
    if number >= OLDEST {
        return Ok(());
    }
    Err(Error::Refused(say!(
        "SQLite {shown} quá cũ: cần từ 3.51.3, vì bản cũ có thể làm hỏng tệp",
        "SQLite {shown} is too old: 3.51.3 or newer is needed, as older ones may corrupt the file"
    )))
}

impl Database for Sqlite {
    fn run(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error> {
        let mut statement = self.0.prepare_cached(sql).map_err(told)?;
        let columns = statement.column_count();
        let mut found = statement.query(params_from_iter(values)).map_err(told)?;
        let mut rows = Vec::new();
        while let Some(row) = found.next().map_err(told)? {
            let values = (0..columns).map(|at| row.get_ref(at).map(value)).collect::<Result<_, _>>();
            rows.push(Row(values.map_err(told)?));
        }
        Ok(rows)
    }

    fn script(&mut self, sql: &str) -> Result<(), Error> {
        self.0.execute_batch(sql).map_err(told)
    }

    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Value::Null => ToSqlOutput::Owned(SqlValue::Null),
            Value::Int(number) => ToSqlOutput::Owned(SqlValue::Integer(*number)),
            Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        })
    }
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Text(bytes) => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
        _ => Value::Null,
    }
}

fn told(error: rusqlite::Error) -> Error {
    Error::Database(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_library_is_refused() {
        assert!(check_version(3_051_002, "3.51.2").is_err());
        assert!(check_version(3_051_003, "3.51.3").is_ok());
    }
}

//! From one database to another: a backup, or the move from a file to a server.

use crate::inbox::error::Error;
use crate::inbox::store::schema::TABLES;
use crate::inbox::store::{Database, Dialect, Value, transact};

/// Copies every row, as it stands at one moment. Returns how many there were.
///
/// # Errors
/// What either database says; then the target is as it was.
pub fn copy(from: &mut dyn Database, to: &mut dyn Database) -> Result<usize, Error> {
    // One moment: in SQLite a transaction sees a snapshot; PostgreSQL must be asked for that.
    from.script(match from.dialect() {
        Dialect::Sqlite => "BEGIN",
        Dialect::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    })?;
    let copied = transact(to, |to| TABLES.iter().try_fold(0, |sum, table| Ok(sum + copy_table(table, from, to)?)));
    from.script("COMMIT")?;
    copied
}

fn copy_table((table, columns): &(&str, &str), from: &mut dyn Database, to: &mut dyn Database) -> Result<usize, Error> {
    let count = columns.split(',').count();
    let places: Vec<String> = (1..=count).map(|at| format!("${at}")).collect();
    let insert = format!("INSERT INTO {table} ({columns}) VALUES ({})", places.join(", "));
    let some = format!("SELECT {columns} FROM {table} WHERE id > $1 ORDER BY id LIMIT 500");
    let (mut last, mut copied) = (0, 0);
    loop {
        let rows = from.run(&some, &[Value::Int(last)])?;
        let Some(end) = rows.last() else { break };
        last = end.int(0);
        copied += rows.len();
        rows.iter().try_for_each(|row| to.run(&insert, &row.0).map(drop))?;
    }
    if to.dialect() == Dialect::Postgres && last > 0 {
        to.script(&format!("ALTER TABLE {table} ALTER COLUMN id RESTART WITH {}", last + 1))?;
    }
    Ok(copied)
}

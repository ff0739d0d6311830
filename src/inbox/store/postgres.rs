//! PostgreSQL, for those who have outgrown one machine.
//!
//! The client is asynchronous and the store is not: a connection drives its own small runtime, on the thread that holds it.
//! It speaks no TLS: the server is on the same machine or behind a private link.

use std::collections::HashMap;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio_postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use tokio_postgres::{Client, Config, NoTls, Statement};

use crate::inbox::error::Error;
use crate::inbox::store::{Database, Dialect, Row, Value};
use crate::say;

/// How long a server may take to answer the knock.
const PATIENCE: Duration = Duration::from_secs(5);

/// A connection to a server.
pub struct Postgres {
    runtime: Runtime,
    client: Client,
    statements: HashMap<String, Statement>,
}

impl Postgres {
    /// Connects to `postgres://…`.
    ///
    /// # Errors
    /// Where the address is none, or nobody answers there.
    pub fn open(address: &str) -> Result<Self, Error> {
        let mut config: Config = address.parse().map_err(|_| {
            // The address may hold a password: it is not repeated.
            Error::Refused(say!(
                "địa chỉ PostgreSQL không đúng dạng `postgres://người-dùng@máy/tên`",
                "the PostgreSQL address is not of the form `postgres://user@host/name`"
            ))
        })?;
        config.connect_timeout(PATIENCE).application_name("minhbach inbox");
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Error::Database(error.to_string()))?;
        let client = runtime.block_on(async {
            let (client, connection) = config.connect(NoTls).await?;
            // Its end shows in the next question.
            tokio::spawn(connection);
            Ok(client)
        });
        let client = client.map_err(told)?;
        let mut postgres = Postgres { runtime, client, statements: HashMap::new() };
        postgres.script("SET synchronous_commit = on; SET statement_timeout = '20s'")?;
        Ok(postgres)
    }

    fn statement(&mut self, sql: &str) -> Result<Statement, Error> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.runtime.block_on(self.client.prepare(sql)).map_err(told)?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

impl Database for Postgres {
    fn run(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error> {
        let statement = self.statement(sql)?;
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
        let rows = self.runtime.block_on(self.client.query(&statement, &values)).map_err(told)?;
        rows.iter().map(|row| row_of(row).map_err(told)).collect()
    }

    fn script(&mut self, sql: &str) -> Result<(), Error> {
        self.runtime.block_on(self.client.batch_execute(sql)).map_err(told)
    }

    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }
}

fn row_of(row: &tokio_postgres::Row) -> Result<Row, tokio_postgres::Error> {
    let value = |(at, column): (usize, &tokio_postgres::Column)| {
        Ok(if *column.type_() == Type::INT8 {
            row.try_get::<_, Option<i64>>(at)?.into()
        } else {
            row.try_get::<_, Option<String>>(at)?.into()
        })
    };
    row.columns().iter().enumerate().map(value).collect::<Result<_, _>>().map(Row)
}

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(number) => number.to_sql_checked(ty, out),
            Value::Text(text) => text.to_sql_checked(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn told(error: tokio_postgres::Error) -> Error {
    let server = error.as_db_error().map(|error| error.message().to_owned());
    Error::Database(server.unwrap_or_else(|| error.to_string()))
}

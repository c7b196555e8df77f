// Where the Node servers keep their actions: nowhere, in a transaction each, or in one for each turn of the loop.
//
// SQLite is Node's own (`node:sqlite`): the packages for it fetch a binary when they are installed. PostgreSQL is
// spoken to with `pg`, through its pool.
import { DatabaseSync } from "node:sqlite";

import pg from "pg";

const CREATE = "CREATE TABLE IF NOT EXISTS actions (room TEXT, seat TEXT, number INTEGER, steps TEXT)";
const LAST = "SELECT room, seat, max(number) AS number FROM actions GROUP BY room, seat";

export const keepings = {
  memory: () => ({ keep: () => undefined, kept: () => ({}) }),
  commit: ({ data }) => eachCommitted(opened(data)),
  grouped: ({ data }) => grouped(opened(data)),
  postgres: ({ url }) => inPostgres(url),
};

function opened(path) {
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${CREATE}`);
  return database;
}

function eachCommitted(database) {
  const insert = database.prepare("INSERT INTO actions VALUES (?, ?, ?, ?)");
  return { keep: (...row) => insert.run(...row), kept: () => byName(database.prepare(LAST).all()) };
}

// What came in one turn of the loop is one transaction, and all of it is answered after that.
function grouped(database) {
  const insert = database.prepare("INSERT INTO actions VALUES (?, ?, ?, ?)");
  let waiting = [];
  const commit = () => {
    const batch = waiting;
    waiting = [];
    database.exec("BEGIN");
    for (const { row } of batch) insert.run(...row);
    database.exec("COMMIT");
    for (const { done } of batch) done();
  };
  const keep = (...row) =>
    new Promise((done) => {
      if (waiting.length === 0) setImmediate(commit);
      waiting.push({ row, done });
    });
  return { keep, kept: () => byName(database.prepare(LAST).all()) };
}

async function inPostgres(url) {
  const pool = new pg.Pool({ connectionString: url });
  await pool.query(CREATE);
  return {
    keep: (...row) => pool.query({ name: "keep", text: "INSERT INTO actions VALUES ($1, $2, $3, $4)", values: row }),
    kept: async () => byName((await pool.query(LAST)).rows),
  };
}

function byName(rows) {
  return Object.fromEntries(rows.map(({ room, seat, number }) => [`${room}/${seat}`, number]));
}

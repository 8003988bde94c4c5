// SPDX-License-Identifier: Apache-2.0
// mysqldump.mjs DUMP DATABASE: the calls of an SQL dump into an embedded ClickHouse, by its own reader of such dumps.
import { Session } from 'chdb';

const [dump, database] = process.argv.slice(2);
const session = new Session(database);
session.query('CREATE DATABASE bench');
session.query(`CREATE TABLE bench.call ENGINE = MergeTree ORDER BY tuple() AS
    SELECT * FROM file('${dump}', 'MySQLDump', 'started String, account String, presented String, dialled String,
        duration UInt32, talk UInt32, status LowCardinality(String), cost String')`);
console.log(session.query('SELECT count() FROM bench.call', 'TSV').trim());

// SPDX-License-Identifier: Apache-2.0
// duckdb.mjs DUMP DATABASE OUT: calls and payments of a dump into a DuckDB
// database, numbers to E.164 by regular expressions, and the figures to OUT.
import { DuckDBInstance } from '@duckdb/node-api';

const [dump, database, out] = process.argv.slice(2);
const text = (value) => `'${value.replaceAll("'", "''")}'`;

const csv = (name, columns, more = '') => `read_csv(${text(`${dump}/${name}`)}, header = true,
    delim = ',', quote = '"', escape = '"', auto_detect = false, columns = {${columns}}${more})`;

const calls = csv('calls.csv', `started: 'TIMESTAMP', account: 'VARCHAR', presented: 'VARCHAR',
    dialled: 'VARCHAR', duration: 'INTEGER', talk: 'INTEGER', status: 'VARCHAR',
    cost: 'DECIMAL(18, 6)'`, ', ignore_errors = true');
const payments = csv('payments.csv', `payment_id: 'VARCHAR', account: 'VARCHAR', paid: 'VARCHAR',
    amount: 'VARCHAR', currency: 'VARCHAR', from_address: 'VARCHAR', to_address: 'VARCHAR',
    txid: 'VARCHAR', status: 'VARCHAR'`, ', ignore_errors = true');
const rates = csv('rates.csv', `date: 'DATE', base: 'VARCHAR', quote: 'VARCHAR', rate: 'DECIMAL(18, 6)'`);
const organisations = csv('organisations.csv', `number: 'VARCHAR', organisation: 'VARCHAR', sector: 'VARCHAR'`);

const utc = (time) => `strftime(${time}, '%Y-%m-%dT%H:%M:%SZ')`;
const save = (query, name) => `COPY (${query}) TO ${text(`${out}/${name}`)} (FORMAT csv, HEADER)`;

const steps = [
    'SET preserve_insertion_order = false',
    "SET TimeZone = 'UTC'",
    `CREATE MACRO bare(found) AS CASE
        WHEN regexp_full_match(found, '\\+?[0-9]+') THEN found
        ELSE regexp_replace(regexp_replace(found, '^.*<(.*)>$', '\\1'),
            '^(?:sip|tel):|@.*$|\\(0\\)|[ ()-]', '', 'g') END`,
    `CREATE MACRO e164(bare) AS CASE
        WHEN NOT regexp_full_match(bare, '\\+?[0-9]+') THEN NULL
        WHEN starts_with(bare, '+') THEN bare
        WHEN starts_with(bare, '00') THEN '+' || bare[3:]
        WHEN starts_with(bare, '0') THEN '+44' || bare[2:]
        ELSE '+' || bare END`,
    `CREATE TABLE call AS
        SELECT *, e164(bare(presented)) AS shown, e164(bare(dialled)) AS called
        FROM ${calls} WHERE started IS NOT NULL`,
    // Whole numbers, and the half penny to the even one.
    `CREATE TABLE payment AS
        SELECT account, instant, satoshi, fine // 1000000000000
            + CASE WHEN fine % 1000000000000 > 500000000000 THEN 1
                WHEN fine % 1000000000000 < 500000000000 THEN 0
                ELSE fine // 1000000000000 % 2 END AS pence
        FROM (SELECT account, instant, satoshi, satoshi::HUGEINT * (rate * 1000000)::BIGINT AS fine
            FROM (SELECT account, make_timestamp(epoch_us(TRY_CAST(paid AS TIMESTAMPTZ))) AS instant,
                    (TRY_CAST(amount AS DECIMAL(18, 8)) * 100000000)::BIGINT AS satoshi
                FROM ${payments} WHERE status = 'confirmed' AND account <> '') p
            JOIN ${rates} r ON r.date = p.instant::DATE AND r.base = 'BTC' AND r.quote = 'GBP'
            WHERE satoshi IS NOT NULL)`,
    `CREATE TABLE organisation AS SELECT e164(bare(number)) AS number, organisation FROM ${organisations}`,
    `CREATE TABLE spend AS
        SELECT account, count(*) AS payments, sum(pence)::BIGINT AS pence FROM payment GROUP BY account`,
    `CREATE TABLE account AS
        SELECT account, count(*) AS calls, count(*) FILTER (talk > 0) AS answered,
            count(*) FILTER (talk > 60) AS long_calls,
            count(DISTINCT called) FILTER (talk > 60) AS victims,
            count(DISTINCT coalesce(shown, presented)) AS presentations,
            min(started) AS first_call, max(started) AS last_call
        FROM call GROUP BY account`,
    `CREATE TABLE owner AS
        SELECT account, count(DISTINCT organisation) AS organisations
        FROM (SELECT DISTINCT account, shown FROM call) JOIN organisation ON number = shown GROUP BY account`,
    `CREATE TABLE victim AS
        SELECT called, count(*) AS calls, count(*) FILTER (talk > 60) AS long_calls, sum(talk) AS seconds,
            min(started) AS first_call, max(started) AS last_call
        FROM call WHERE called IS NOT NULL GROUP BY called HAVING long_calls > 0`,
    save(`SELECT account, printf('%d.%02d', coalesce(pence, 0) // 100, coalesce(pence, 0) % 100) AS spend,
            coalesce(payments, 0) AS payments, coalesce(calls, 0) AS calls, coalesce(answered, 0) AS answered,
            coalesce(long_calls, 0) AS long_calls, coalesce(victims, 0) AS victims,
            coalesce(presentations, 0) AS presentations, coalesce(organisations, 0) AS organisations,
            ${utc('first_call')} AS first_call, ${utc('last_call')} AS last_call
        FROM account FULL JOIN spend USING (account) LEFT JOIN owner USING (account)`, 'accounts.csv'),
    save(`SELECT called AS number, calls, long_calls, seconds, ${utc('first_call')} AS first_call,
            ${utc('last_call')} AS last_call FROM victim`, 'victims.csv'),
    save(`UNPIVOT (SELECT * FROM
        (SELECT count(*)::VARCHAR AS calls, (count(*) FILTER (talk > 0))::VARCHAR AS answered,
            (count(*) FILTER (talk > 60))::VARCHAR AS long_calls,
            (count(*) FILTER (starts_with(called, '+44')))::VARCHAR AS country_calls,
            (count(*) FILTER (talk > 0 AND starts_with(called, '+44')))::VARCHAR AS country_answered,
            (count(*) FILTER (talk > 60 AND starts_with(called, '+44')))::VARCHAR AS country_long_calls FROM call),
        (SELECT count(*)::VARCHAR AS victims,
            (count(*) FILTER (starts_with(called, '+44')))::VARCHAR AS country_victims FROM victim),
        (SELECT count(*)::VARCHAR AS accounts FROM account),
        (SELECT count(*)::VARCHAR AS payers, printf('%d.%02d', sum(pence)::BIGINT // 100, sum(pence)::BIGINT % 100)
            AS spend FROM spend)) ON COLUMNS(*) INTO NAME key VALUE value`, 'summary.csv'),
    'CHECKPOINT',
];

const instance = await DuckDBInstance.create(database);
const connection = await instance.connect();
for (const step of steps) {
    const start = performance.now();
    await connection.run(step);
    console.log(`${((performance.now() - start) / 1000).toFixed(3)} s: ${step.slice(0, 60).replace(/\s+/g, ' ')}`);
}
connection.closeSync();
instance.closeSync();

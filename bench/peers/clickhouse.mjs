// SPDX-License-Identifier: Apache-2.0
// clickhouse.mjs DUMP DATABASE OUT [SQL]: calls and payments of a dump into an embedded
// ClickHouse, numbers to E.164 by regular expressions, and the figures to OUT. The calls
// are those of an SQL dump, where one is named, by ClickHouse's own reader of such dumps.
import { Session } from 'chdb';

const [dump, database, out, sql] = process.argv.slice(2);
const text = (value) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const csv = (name, columns) => `file(${text(`${dump}/${name}`)}, 'CSVWithNames', ${text(columns)})`;

// A cost is read as text: as a number, 1.2.3 would be taken for 1.23.
const columns = (time) => `started ${time}, account String, presented String, dialled String,
    duration UInt32, talk UInt32, status LowCardinality(String), cost String`;
const calls = sql
    ? `(SELECT * REPLACE (toDateTimeOrNull(started, 'UTC') AS started)
        FROM file(${text(sql)}, 'MySQLDump', ${text(columns('String'))}))`
    : csv('calls.csv', columns("Nullable(DateTime('UTC'))"));
const payments = csv('payments.csv', `payment_id String, account String, paid String, amount String, currency String,
    from_address String, to_address String, txid String, status String`);
const rates = csv('rates.csv', 'date Date, base String, quote String, rate Decimal(18, 6)');
const organisations = csv('organisations.csv', 'number String, organisation String, sector String');

const skip = `SETTINGS input_format_allow_errors_num = 1000000000, input_format_allow_errors_ratio = 1,
    input_format_csv_empty_as_default = 0`;
const utc = (time) => `formatDateTime(${time}, '%Y-%m-%dT%H:%i:%SZ', 'UTC')`;
const pounds = (pence) => `concat(toString(intDiv(${pence}, 100)), '.', leftPad(toString(${pence} % 100), 2, '0'))`;
const save = (query, name) => `${query} INTO OUTFILE ${text(`${out}/${name}`)} TRUNCATE FORMAT CSVWithNames`;

const steps = [
    'CREATE DATABASE bench',
    `CREATE FUNCTION bare AS (found) -> if(match(found, '^\\\\+?[0-9]+$'), found,
        replaceRegexpAll(replaceRegexpOne(found, '^.*<(.*)>$', '\\\\1'),
            '^(?:sip|tel):|@.*$|\\\\(0\\\\)|[ ()-]', ''))`,
    `CREATE FUNCTION e164 AS (bare) -> multiIf(
        NOT match(bare, '^\\\\+?[0-9]+$'), '',
        startsWith(bare, '+'), bare,
        startsWith(bare, '00'), concat('+', substring(bare, 3)),
        startsWith(bare, '0'), concat('+44', substring(bare, 2)),
        concat('+', bare))`,
    `CREATE TABLE bench.call ENGINE = MergeTree ORDER BY tuple() AS
        SELECT assumeNotNull(found.started) AS started, account, presented, dialled, duration, talk, status,
            toDecimal64(found.cost, 6) AS cost, e164(bare(presented)) AS shown, e164(bare(dialled)) AS called
        FROM ${calls} AS found
        WHERE found.started IS NOT NULL AND countSubstrings(found.cost, '.') < 2 ${skip}`,
    // Whole numbers, and the half penny to the even one.
    `CREATE TABLE bench.payment ENGINE = MergeTree ORDER BY tuple() AS
        SELECT account, instant, satoshi, toInt64(whole + multiIf(rest > 500000000000, 1, rest < 500000000000, 0,
            whole % 2)) AS pence
        FROM (SELECT account, instant, satoshi, intDiv(fine, 1000000000000) AS whole, fine % 1000000000000 AS rest
            FROM (SELECT account, assumeNotNull(instant) AS instant, satoshi,
                    toInt128(satoshi) * toInt128(rate * 1000000) AS fine
                FROM (SELECT account, parseDateTimeBestEffortOrNull(paid, 'UTC') AS instant,
                        toInt64(toDecimal128OrZero(amount, 8) * 100000000) AS satoshi
                    FROM ${payments} WHERE status = 'confirmed' AND account != ''
                        AND match(amount, '^[0-9]+([.][0-9]*)?$')) AS p
                JOIN ${rates} AS r ON r.date = toDate(p.instant, 'UTC')
                WHERE r.base = 'BTC' AND r.quote = 'GBP' AND instant IS NOT NULL)) ${skip}`,
    `CREATE TABLE bench.organisation ENGINE = MergeTree ORDER BY tuple() AS
        SELECT e164(bare(number)) AS number, organisation FROM ${organisations}`,
    `CREATE TABLE bench.spend ENGINE = MergeTree ORDER BY tuple() AS
        SELECT account, count() AS payments, sum(pence) AS pence FROM bench.payment GROUP BY account`,
    `CREATE TABLE bench.account ENGINE = MergeTree ORDER BY tuple() AS
        SELECT account, count() AS calls, countIf(talk > 0) AS answered, countIf(talk > 60) AS long_calls,
            uniqExactIf(called, talk > 60 AND called != '') AS victims,
            uniqExactIf(if(shown = '', presented, shown), presented != '') AS presentations,
            min(started) AS first_call, max(started) AS last_call
        FROM bench.call GROUP BY account`,
    `CREATE TABLE bench.owner ENGINE = MergeTree ORDER BY tuple() AS
        SELECT account, uniqExact(organisation) AS organisations
        FROM (SELECT DISTINCT account, shown FROM bench.call) AS c
        JOIN bench.organisation AS o ON o.number = c.shown GROUP BY account`,
    `CREATE TABLE bench.victim ENGINE = MergeTree ORDER BY tuple() AS
        SELECT called, count() AS calls, countIf(talk > 60) AS long_calls, sum(talk) AS seconds,
            min(started) AS first_call, max(started) AS last_call
        FROM bench.call WHERE called != '' GROUP BY called HAVING long_calls > 0`,
    // A side that is not there is zeros.
    save(`SELECT account, ${pounds('s.pence')} AS spend, s.payments AS payments, a.calls AS calls,
            a.answered AS answered, a.long_calls AS long_calls, a.victims AS victims,
            a.presentations AS presentations, o.organisations AS organisations,
            if(a.calls = 0, '', ${utc('a.first_call')}) AS first_call,
            if(a.calls = 0, '', ${utc('a.last_call')}) AS last_call
        FROM bench.account AS a FULL JOIN bench.spend AS s USING (account)
        LEFT JOIN bench.owner AS o USING (account)`, 'accounts.csv'),
    save(`SELECT called AS number, calls, long_calls, seconds, ${utc('v.first_call')} AS first_call,
            ${utc('v.last_call')} AS last_call FROM bench.victim AS v`, 'victims.csv'),
    save(`SELECT figure.1 AS key, figure.2 AS value FROM (
        SELECT arrayJoin([('calls', toString(count())), ('answered', toString(countIf(talk > 0))),
            ('long_calls', toString(countIf(talk > 60))),
            ('country_calls', toString(countIf(startsWith(called, '+44')))),
            ('country_answered', toString(countIf(talk > 0 AND startsWith(called, '+44')))),
            ('country_long_calls', toString(countIf(talk > 60 AND startsWith(called, '+44'))))]) AS figure
            FROM bench.call
        UNION ALL SELECT arrayJoin([('victims', toString(count())),
            ('country_victims', toString(countIf(startsWith(called, '+44'))))]) FROM bench.victim
        UNION ALL SELECT ('accounts', toString(count())) FROM bench.account
        UNION ALL SELECT arrayJoin([('payers', toString(count())), ('spend', ${pounds('sum(pence)')})])
            FROM bench.spend)`, 'summary.csv'),
];

const session = new Session(database);
for (const step of steps) {
    const start = performance.now();
    session.query(step);
    console.log(`${((performance.now() - start) / 1000).toFixed(3)} s: ${step.slice(0, 60).replace(/\s+/g, ' ')}`);
}
session.close();

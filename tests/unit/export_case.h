/* SPDX-License-Identifier: Apache-2.0 */
/* A case that is filled by hand, table by table, and cannot be mistaken for one that the stages made. */
#ifndef UNSPOOF_TESTS_UNIT_EXPORT_CASE_H
#define UNSPOOF_TESTS_UNIT_EXPORT_CASE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/segment/segment.h"
#include "casefile/sql.h"
#include "export/tables.h"
#include "understand.h"

#define CALLS 4

static inline void fatal(const char *what, const struct casefile *casefile)
{
	printf("Bail out! %s: %s\n", what, casefile->error.text);
	exit(1);
}

static const char *const sources[] = {
	"INSERT INTO source VALUES(1,'calls.csv','',0,'','','none',400,'aa',400,'aa','','call','spoof','canonical','GB','UTC','GBP',"
	"'','','separator ,','started=1'||char(10)||'account=a;b\\'||char(10),'','9#,77','',5,4,1,0,'','','','','delimited','','','','',NULL),"
	"(2,'d.tar','pay.csv',0,'','','none',9,'bb',9,'cc','','payment','spoof','','','','','','','','','','','',2,2,0,0,'','','','','delimited','','','','',NULL),"
	"(3,'=evil.csv','',0,'','','gzip',9,'bb',9,'cc','','report','','','','','','','','','','','','',2,1,0,1,'','','','','delimited','','','','',NULL),"
	"(4,'rates.csv','',0,'','','none',9,'bb',9,'cc','','rate','','','','','','','','','','','','',1,1,0,0,'','','','','delimited','','','','',NULL)",
	"INSERT INTO reject VALUES(1,1,0,9,300,20,'talk','is no number',CAST('mi'||char(10)||'nus' AS BLOB),x'00'),"
	"(2,1,0,2,50,20,'','has 3 fields where the header has 8',x'',x'00')",
	"INSERT INTO run VALUES(1,'ingest','[\"-k\",\"call\"]','unspoof 0','{}','[]','{}','2024-01-01T00:00:00Z',"
	"'2024-01-01T00:00:01Z','pc 1','','','','{}','','ab12')",
};

static const char *const found[] = {
	"INSERT INTO decision VALUES(1,1,'normalise',1,'region','','GB','',NULL),(2,1,'correlate',NULL,'never','','a;b'||char(10)||'x','',1)",
	"INSERT INTO account VALUES(1,1,0,2,10,20,'alice','al','A@example.com','07700 900001','-Al','2021-01-01','192.0.2.1','UK',NULL)",
	"INSERT INTO payment VALUES(1,2,0,2,10,30,'p1','alice','2022-03-27 01:30','0.00189901','BTC','from1','to1','tx1',"
	"'paid'),(2,2,0,3,40,30,NULL,'bob','2022-03-28','7','BTC','','to1','','expired')",
	"INSERT INTO login VALUES(1,1,0,5,60,20,'alice','2022-03-01 10:00:00','192.0.2.9','phone-1')",
	"INSERT INTO report VALUES(1,3,0,2,10,40,'R1','020 7946 0101','2022-03-27 01:05','0300 200 3300','100','GBP'),"
	"(2,3,0,3,50,40,'R2','nobody','2022-03-27 01:05','','',''),(3,3,0,4,90,40,'R3','020 7946 0101','2022-03-27','','','')",
	"INSERT INTO rate VALUES(1,4,0,2,10,20,'2022-03-27','BTC','GBP','33,000.5')",
	"INSERT INTO organisation VALUES(1,4,0,9,90,20,'03002003300','Tax, Office','tax')",
};

static const char *const understood[] = {
	"INSERT INTO account_key VALUES(1,'spoof','alice'),(2,'spoof','=bob'),(3,'other','alice')",
	"INSERT INTO reading VALUES(1,'number','national','GB','GB','FIXED_LINE',1,1,'ofcom-fiction,toll-free',0),"
	"(2,'withheld','','','','UNKNOWN',0,0,'withheld',0),(3,'number','plus','ZZ','GB','UNKNOWN',1,0,'not-in-plan',0)",
	"INSERT INTO flag VALUES('neighbour','note','both of one place','us'),('ofcom-fiction','impossible','a British number kept for fiction','Ofcom'),('toll-free','note','free','plan'),"
	"('withheld','note','no number was given','us')",
	"INSERT INTO shown VALUES(1,CAST('=HMRC' AS BLOB)),(2,x'ff41')",
	"INSERT INTO account_read(account, key, email, phone, phone_reading, registered, country) VALUES(1,1,'a@example.com',447700900001,3,1609459200,'GB')",
	"INSERT INTO payment_read(payment, key, paid, amount, currency, exponent, rounded, confirmed,"
	" from_address, from_kind, to_address, to_kind, txid) VALUES(1,1,1648339200,189901,'BTC',8,0,1,'from1','other','to1','other','tx1'),"
	"(2,2,1648425600,700000000,'BTC',8,0,0,NULL,NULL,'to1','other',NULL)",
	"INSERT INTO login_read(login, key, at) VALUES(1,1,1646128800)",
	"INSERT INTO report_read(report, victim, victim_reading, at_ms, presented, presented_reading, loss, currency, exponent,"
	" duplicate, twin, clock) VALUES(1,442079460101,1,1648343100250,443002003300,1,10000,'GBP',2,0,NULL,1),"
	"(2,NULL,2,1648343100999,NULL,NULL,NULL,NULL,NULL,0,NULL,0)",
	"INSERT INTO rate_read VALUES(1,19078,'BTC','GBP','33000.5')",
	"INSERT INTO organisation_read VALUES(1,443002003300,1)",
	"INSERT INTO unread VALUES(1,'report',3,0,4,90,40,'victim','is no \"number\"',CAST('=1+1' AS BLOB))",
	"INSERT INTO remark VALUES(1,3,'victim','zone',x'',2,7,'two times','say -z')",
};

#define VICTIM \
	"number, country, calls, long_calls, talk_ms, suspects, organisations, reports, loss, first_call, last_call, unsure"

static const char *const concluded[] = {
	"INSERT INTO setting VALUES('currency','GBP'),('exponent','2'),('long','60'),('duplicates','once')",
	"INSERT INTO suspect(id, accounts, logins, emails, spend, payments, first_payment, last_payment, calls, answered,"
	" long_calls, victims, presentations, organisations, reports, loss, first_call, last_call, score, why, doubts,"
	" gross, refunds) VALUES"
	"(1,'=bob;al\\;ice','al','a@example.com',6267,1,1648339200,1648339200,3,2,1,1,2,1,1,10000,1648343000,1648344000,35,"
	"'harm 35: victims 1 35','',6267,0),"
	"(2,'zoe','','',0,0,NULL,NULL,1,0,0,0,0,0,0,0,1648345000,1648345000,0,'','',0,0),"
	"(3,'yan','','',6267,1,NULL,NULL,9,0,0,1,0,0,0,0,NULL,NULL,0,'','',6267,0),"
	"(4,'xi','','',9900,1,NULL,NULL,0,0,0,0,0,0,0,0,NULL,NULL,0,'','address from1',9900,0)",
	"INSERT INTO account_figure(key, suspect, logins, emails, spend, payments, first_payment, last_payment, calls, answered,"
	" long_calls, victims, presentations, organisations, reports, loss, first_call, last_call, gross, refunds) VALUES"
	"(1,1,'al','a@example.com',6267,1,1648339200,1648339200,2,2,1,1,2,1,1,10000,1648343000,1648344000,6267,0),"
	"(2,1,'','',0,0,NULL,NULL,1,0,0,0,0,0,0,0,1648345000,1648345000,0,0),"
	"(3,2,'','',100,0,NULL,NULL,0,0,0,0,0,0,0,0,NULL,NULL,100,0)",
	"INSERT INTO presentation(id, number, shown, suspect, organisation, sector, accounts, calls, answered, long_calls,"
	" victims, spend, loss, first_call, last_call, reading) VALUES(1,443002003300,NULL,1,'Tax, Office','tax',1,2,2,1,1,6200,10000,1648343000,1648344000,1),"
	"(2,NULL,1,1,NULL,NULL,1,1,0,0,0,67,0,NULL,NULL,2),(3,12025550123,NULL,1,NULL,NULL,1,1,0,0,0,0,0,NULL,NULL,3),"
	"(4,443002003300,NULL,2,'Tax, Office','tax',1,1,0,0,0,0,0,NULL,NULL,1),(5,NULL,2,1,NULL,NULL,1,1,0,0,0,0,0,NULL,NULL,NULL)",
	"INSERT INTO victim(" VICTIM ") VALUES(442079460101,'GB',2,1,90400,1,1,1,10000,1648343000,1648344000,0)",
	"INSERT INTO victim(" VICTIM ") VALUES(61255501234,'AU',7,1,90000,1,1,0,0,1648343000,1648344000,0)",
	"INSERT INTO link VALUES(1,2,1,'email','=e@example.com','decisive',1,2,2,3,'',0,0),(2,1,3,'phone','+447700900001','weak',1,2,9,3,'why',0,0)",
	"INSERT INTO payment_value VALUES(1,6267,1,0)",
	"INSERT INTO report_match VALUES(1,'matched',10000,1,0,1,-4750,'',NULL,NULL),"
	"(2,'unmatched',NULL,NULL,NULL,NULL,NULL,'no call',NULL,NULL)",
	"INSERT INTO evidence VALUES(1,1,0,2,0,0,2),(2,0,0,1,0,0,1),(3,0,0,3,0,0,0)",
	"INSERT INTO score_band VALUES(1,1,'harm','victims','victims',1,35),(2,1,'harm','victims','victims',10,40),"
	"(3,2,'harm','spend','spend',5000,7),(4,2,'harm','spend','spend',10000,9),"
	"(5,3,'evidence','addresses','paying addresses',3,5),(6,4,'harm','organisations','organisations',1,0)",
};

static inline void fill(struct casefile *casefile, const char *const *statements, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (casefile_exec(casefile, statements[i]) != STATUS_OK)
			fatal(statements[i], casefile);
}

#define FILL(casefile, statements) fill((casefile), (statements), sizeof(statements) / sizeof((statements)[0]))

/* A call: started, account, presented, dialled, talk, status, cost. */
static const char *const calls[CALLS][7] = {
	{ "2022-03-27 01:03:20", "alice", "\"HMRC\" <03002003300>", "020 7946 0101", "90", "ANSWERED", "0.015" },
	{ "2022-03-27 01:20:00", "alice", "=HMRC", "02079460101", "61.5", "BUSY", "" },
	{ "2022-03-27 01:36:40", "=bob", NULL, "+61 2 5550 1234", "0", "BUSY", "-1" },
	{ "32/13/2022", "", "03002003300", "02079460101", "", "", "" },
};

static inline void add_call(struct casefile *casefile, struct segment_writer *writer, const char *const *call, uint64_t line)
{
	static const enum call_role roles[7] = { CALL_STARTED, CALL_ACCOUNT, CALL_PRESENTED, CALL_DIALLED,
						 CALL_TALK,    CALL_STATUS,  CALL_COST };
	struct text fields[CALL_ROLES];

	memset(fields, 0, sizeof(fields));
	for (size_t i = 0; i < 7; i++)
		fields[roles[i]] = text_of(call[i]);
	if (segment_writer_add(writer, fields, &(struct segment_place){ 0, line, 60 * (line - 1), 60 }) != STATUS_OK)
		fatal("segment_writer_add", casefile);
}

/* The first `rows` calls again and again: a segment a source. */
static inline void fill_calls(struct casefile *casefile, int64_t source, int rows)
{
	struct forms forms;
	struct segment_writer writer;

	memset(&forms, 0, sizeof(forms));
	if (forms_load(&forms, casefile) != STATUS_OK ||
	    segment_writer_open(&writer, casefile, &forms, source) != STATUS_OK)
		fatal("segment_writer_open", casefile);
	for (int i = 0; i < rows; i++)
		add_call(casefile, &writer, calls[i % CALLS], (uint64_t)i + 2);
	if (segment_writer_flush(&writer) != STATUS_OK || forms_store(&forms, casefile) != STATUS_OK)
		fatal("segment_writer_flush", casefile);
	segment_writer_close(&writer);
	forms_release(&forms);
}

static inline void understand_calls(struct casefile *casefile)
{
	static const int64_t values[READ_COLUMNS][CALLS] = {
		[READ_ACCOUNT] = { 1, 1, 2, 0 },
		[READ_STARTED] = { 1648343000123, 1648344000000, 1648345000000, 0 },
		[READ_TALK] = { 90000, 61500, 0, 0 },
		[READ_PRESENTED] = { 443002003300, 0, 0, 443002003300 },
		[READ_PRESENTED_READING] = { 1, 2, 0, 1 },
		[READ_SHOWN] = { 0, 1, 0, 0 },
		[READ_DIALLED] = { 442079460101, 442079460101, 61255501234, 442079460101 },
		[READ_DIALLED_READING] = { 1, 1, 3, 1 },
		[READ_COST] = { 15, 0, 1, 0 },
		[READ_FLAGS] = { CALL_FLAG_ANSWERED | CALL_TALK_FROM_TALK | CALL_FLAG_NEIGHBOUR,
				 CALL_FLAG_ANSWERED | CALL_TALK_FROM_TALK | CALL_FLAG_CONTRADICTED | CALL_FLAG_CLOCK,
				 CALL_TALK_FROM_TALK, CALL_FLAG_UNREAD },
	};
	static int64_t runs[READ_COLUMNS * SEGMENT_ROWS];
	int64_t *units = runs + (size_t)READ_COST_UNIT * SEGMENT_ROWS;

	for (unsigned c = 0; c < READ_COLUMNS; c++)
		memcpy(runs + (size_t)c * SEGMENT_ROWS, values[c], sizeof(values[c]));
	units[0] = cost_unit(cost_currency_of(text_of("GBP")), 3, false);
	units[2] = cost_unit(cost_currency_of(text_of("GBP")), 0, true);
	if (understand_segment(casefile, 1, runs) != STATUS_OK)
		fatal("understand_segment", casefile);
}

static inline void commit(struct casefile *casefile)
{
	if (casefile_commit(casefile) != STATUS_OK)
		fatal("commit", casefile);
	casefile_close(casefile);
}

/* Makes a case with the layers up to one in a new file. */
static inline void make_case(const char *path, enum layer layer)
{
	struct casefile casefile;

	if (casefile_open(&casefile, path, CASEFILE_CREATE) != STATUS_OK)
		fatal(path, &casefile);
	FILL(&casefile, sources);
	FILL(&casefile, found);
	fill_calls(&casefile, 1, CALLS);
	if (layer >= LAYER_UNDERSTOOD) {
		if (casefile_reset_understood(&casefile) != STATUS_OK)
			fatal("understood", &casefile);
		FILL(&casefile, understood);
		understand_calls(&casefile);
	}
	if (layer == LAYER_CONCLUDED) {
		if (casefile_reset_concluded(&casefile) != STATUS_OK)
			fatal("concluded", &casefile);
		FILL(&casefile, concluded);
	}
	commit(&casefile);
}

#endif

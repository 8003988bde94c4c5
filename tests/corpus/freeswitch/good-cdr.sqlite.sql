BEGIN;
CREATE TABLE "cdr" ("caller_id_name" VARCHAR, "caller_id_number" VARCHAR, "destination_number" VARCHAR, "context" VARCHAR, "start_stamp" DATETIME, "answer_stamp" DATETIME, "end_stamp" DATETIME, "duration" INTEGER, "billsec" INTEGER, "hangup_cause" VARCHAR, "uuid" VARCHAR, "bleg_uuid" VARCHAR, "account_code" VARCHAR);
INSERT INTO "cdr" VALUES ('HSBC UK','442079460101','447700900123','default','2022-06-01 14:02:11','2022-06-01 14:02:19','2022-06-01 14:03:29',78,70,'NORMAL_CLEARING','2bbe83f7-5111-4b5b-9626-c5154608d4ee','','u10233');
INSERT INTO "cdr" VALUES ('Anonymous','anonymous','447700900124','default','2022-06-01 14:05:00','','2022-06-01 14:05:02',2,0,'NO_USER_RESPONSE','2bbe83f7-5111-4b5b-9626-c5154608d4ef','','u10233');
COMMIT;

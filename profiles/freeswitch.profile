# SPDX-License-Identifier: Apache-2.0
# FreeSWITCH in a database: table cdr of mod_cdr_sqlite, of mod_cdr_pg_csv and of scripts/sql/cdr.sql.
# Source: mod_cdr_sqlite.c, mod_cdr_pg_csv and scripts/sql/cdr.sql of signalwire/freeswitch at cc93a683;
# sqlitedb/schema.sql of areski/cdr-pusher at fb6eeffb.
# Rows that could not be inserted were written to files beside the database (mod_cdr_pg_csv).
name freeswitch
about FreeSWITCH in a database: table cdr
confirmed-by mod_cdr_sqlite.c of signalwire/freeswitch at cc93a683

table /(?i)cdr/
kind call
sniff table 20
sniff columns caller_id_name caller_id_number destination_number context hangup_cause uuid bleg_uuid billsec 80
role call_id uuid
role presented caller_id_number
role presented_name caller_id_name
role dialled destination_number
role started start_stamp optional
role started start_timestamp optional
role answered_at answer_stamp optional
role answered_at answer_timestamp optional
role ended end_stamp optional
role ended end_timestamp optional
role duration duration
role talk billsec
role status hangup_cause
role account accountcode optional
role account account_code optional
cannot-say which zone the times are in, where they have no offset: they are those of the switch
cannot-say the address of the caller

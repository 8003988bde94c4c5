# SPDX-License-Identifier: Apache-2.0
# CGRateS: table cdrs. A call has a row for each run of the rating: the one of the run *default is read.
# Source: data/docker/integration/scripts/mysql/create_cdrs_tables.sql, its like for PostgreSQL, and
# engine/cdr.go of cgrates/cgrates. usage is nanoseconds, times are UTC.
name cgrates
about CGRateS: table cdrs
confirmed-by create_cdrs_tables.sql and engine/cdr.go of cgrates/cgrates

table cdrs
kind call
sniff table 20
sniff columns cgrid run_id origin_id tor account destination setup_time answer_time usage extra_fields 100
keep run_id /^\*default$/
keep tor /^\*voice$/
role call_id origin_id
role account account
without presented
role dialled destination
role started setup_time
zone-of started UTC
role answered_at answer_time
zone-of answered_at UTC
role talk usage
unit talk ns
# -1 stands where nothing was rated.
role cost cost when cost /^\d/
cannot-say the presented number: if it was kept at all it is in extra_fields, under a name that the operator chose
cannot-say whether calls were answered, but for those with an answer_time and a usage

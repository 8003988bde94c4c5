# SPDX-License-Identifier: Apache-2.0
# Yeti: table cdr.cdr and its parts by month, billing.accounts, billing.payments. A row is an attempt to route a
# call: the last one of each is read. src_prefix_out is the whole number that went out, in spite of its name.
# Source: db/cdr_structure.sql and db/structure.sql of yeti-switch/yeti-web at 3ec29c9f.
name yeti
about Yeti: cdr.cdr, billing.accounts, billing.payments
confirmed-by db/cdr_structure.sql of yeti-switch/yeti-web at 3ec29c9f

table /(?:^|\.)cdr(?:_\d{4}_\d\d(?:_\d\d)?)?$/
kind call
sniff table 20
sniff columns customer_acc_id src_prefix_in src_prefix_out dst_prefix_in dst_prefix_out time_start duration success is_last_cdr 130
keep is_last_cdr /^(?i)(?:t|true|1)$/
role call_id local_tag
role account customer_acc_id
join account accounts
role presented src_prefix_out
role presented_name src_name_out optional
role dialled dst_prefix_in
role started time_start
role answered_at time_connect
role ended time_end
role talk duration
role billed customer_duration optional
role status success
role cost customer_price optional
role ip auth_orig_ip optional
address ip transport
role trunk term_gw_id
answered t
answered true
answered 1
unanswered f
unanswered false
unanswered 0
cannot-say attempts before the last one of a call: they are left out, and counted

table accounts
kind account
sniff table 20
sniff columns id contractor_id balance min_balance max_balance name origination_capacity 100
role key id
role account name
role login name

table payments
kind payment
sniff table 20
sniff columns account_id amount notes id created_at status_id type_id 100
role payment_id id
role account account_id
join account accounts
role paid created_at
role amount amount
role status status_id
confirmed 20
unconfirmed 10
unconfirmed 30
unconfirmed 40
cannot-say the currency of payments: it is that of the account (-c CODE)
cannot-say a txid: notes and metadata may have one, in no form that is known

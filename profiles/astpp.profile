# SPDX-License-Identifier: Apache-2.0
# ASTPP 6 and 3: cdrs, accounts, payment_transaction, payments.
# Source: database/astpp-6.0.sql, freeswitch/fs/lib/astpp.cdr.php and freeswitch/scripts/astpp of
# iNextrix/ASTPP at be464dcd. callstart is UTC. callerid is `Name <number>`, of outbound calls
# original_caller_id_number: before the translation of a trunk. callerip is sip_contact_host.
# reseller_cdrs has each call again for each reseller, cdrs_staging is what is not yet in cdrs: neither is read.
name astpp
about ASTPP: cdrs, accounts, payment_transaction, payments
confirmed-by database/astpp-6.0.sql of iNextrix/ASTPP at be464dcd

table cdrs
kind call
sniff table 20
sniff callstart /^\d{4}-\d\d-\d\d / 10
sniff columns uniqueid accountid callerid callednum billseconds disposition callstart 100
columns uniqueid accountid type sip_user callerid callednum translated_dst ct billseconds trunk_id trunkip callerip disposition callstart debit cost provider_id pricelist_id package_id pattern notes invoiceid rate_cost reseller_id reseller_code reseller_code_destination reseller_cost provider_code provider_code_destination provider_cost provider_call_cost call_direction calltype billmsec answermsec waitmsec progress_mediamsec flow_billmsec is_recording call_request country_id end_stamp
role call_id uniqueid
role account accountid
join account accounts
role presented callerid
role dialled callednum
role started callstart
zone-of started UTC
role talk billmsec optional
unit talk ms
role billed billseconds
role status disposition
role cost debit
role ip callerip optional
address ip claimed
role trunk trunk_id optional
cannot-say the presented number where a rule of the trunk changed it: callerid is that before the translation
cannot-say calls of more than 32,767 seconds: billseconds ends there
cannot-say the caller's true address: callerip is what his device wrote into Contact

table accounts
kind account
sniff table 20
sniff columns id number reseller_id pricelist_id creation credit_limit balance email telephone_1 100
role key id
role account number
role login number
role email email
role phone telephone_1 when telephone_1 /\d/
role phone telephone_2 optional
role registered creation

table payment_transaction
kind payment
sniff table 60
sniff columns id accountid amount payment_method actual_amount transaction_id date 60
columns id accountid amount tax payment_method actual_amount payment_fee reseller_id transaction_id customer_ip user_currency currency_rate transaction_details date
role payment_id id
role account accountid
join account accounts
role paid date
role amount amount
role txid transaction_id
cannot-say the currency of amounts, base currency or that of the user (-c CODE)
cannot-say a txid of 64 digits: transaction_id ends at the 50th, and is matched as the beginning of one
cannot-say when payments were made that were edited later: date changes with every edit

# Of version 3.
table payments
kind payment
sniff table 20
sniff columns id accountid credit payment_mode payment_by payment_date txn_id 100
role payment_id id
role account accountid
join account accounts
role paid payment_date
role amount credit
role txid txn_id
cannot-say the currency of payments (-c CODE)
cannot-say a txid of 64 digits: txn_id ends at the 25th, and is matched as the beginning of one

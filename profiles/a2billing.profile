# SPDX-License-Identifier: Apache-2.0
# A2Billing: cc_call, cc_card and cc_logpayment.
# Source: DataBase/mysql-5.x/a2billing-schema-v1.4.0.sql and its updates, common/lib/Class.RateEngine.php
# (about line 1322) and common/lib/interface/constants.php of Star2Billing/a2billing at 8dd474c6.
# cc_logrefill is credit that was granted, linked from cc_logpayment by id_logrefill: both together count money
# twice, so that cc_logpayment alone is read. cc_epayment_log is attempts, cc_payments what a gateway told of the
# same money. cc_callerid.cid are the customers' own numbers, by which they log in.
name a2billing
about A2Billing: cc_call, cc_card, cc_logpayment
confirmed-by DataBase/mysql-5.x of Star2Billing/a2billing at 8dd474c6

table cc_call
kind call
sniff table 60
sniff columns uniqueid card_id starttime sessiontime calledstation terminatecauseid real_sessiontime 60
columns id sessionid uniqueid card_id nasipaddress starttime stoptime sessiontime calledstation sessionbill id_tariffgroup id_tariffplan id_ratecard id_trunk sipiax src id_did buycost id_card_package_offer real_sessiontime dnid terminatecauseid destination
role call_id uniqueid
role account card_id
join account cc_card
without presented
role dialled calledstation
role started starttime
role ended stoptime
role talk real_sessiontime
role billed sessiontime
role status terminatecauseid
role cost sessionbill
role trunk id_trunk
sequence id
answered 1
unanswered 2
unanswered 3
unanswered 4
unanswered 5
unanswered 6
unanswered 7
unanswered 8
unanswered 9
cannot-say the presented number: with a group of outbound caller ids it is set on the channel and not saved, and src is then the caller's own. Where there are no such groups, -m presented=src reads it
cannot-say when calls began: starttime is the time of the row less the billed seconds, about that of the answer
cannot-say the address of the caller: nasipaddress is the switch

table cc_card
kind account
sniff table 60
sniff columns id username useralias creationdate credit email phone 60
columns id creationdate firstusedate expirationdate enableexpire expiredays username useralias uipass credit tariff id_didgroup activated status lastname firstname address city state country zipcode phone email fax inuse simultaccess currency lastuse nbused typepaid creditlimit voipcall sip_buddy iax_buddy language redial runservice nbservice id_campaign num_trials_done vat servicelastrun initialbalance invoiceday autorefill loginkey mac_addr id_timezone tag voicemail_permitted voicemail_activated last_notification email_notification notify_email credit_notification id_group company_name company_website vat_rn traffic traffic_target discount restriction id_seria serial
role key id
role account username
role login useralias
role email email
role phone phone
role registered creationdate

table cc_logpayment
kind payment
sniff table 60
sniff columns id date payment card_id description 60
columns id date payment card_id id_logrefill description added_refill payment_type added_commission agent_id
role payment_id id
role account card_id
join account cc_card
role paid date
role amount payment
role txid description when description /(?i)\b[0-9a-f]{64}\b/
fallback txid // description /(?i)\b([0-9a-f]{64})\b/
cannot-say the currency of payments: it is base_currency of cc_configuration (-c CODE)
cannot-say how a payment was made, but for what description tells

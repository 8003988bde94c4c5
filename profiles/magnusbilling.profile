# SPDX-License-Identifier: Apache-2.0
# MagnusBilling 7: pkg_cdr and its kin, pkg_user, pkg_refill, pkg_log.
# Source: script/database.sql, CalcAgi.php, CryptocurrencyCommand.php and wiki/en/modules/call/call.rst of
# magnussolution/magnusbilling7 at 0872f723. callerid is "number sent to the trunk as the identifier of the call";
# src is the SIP user, an account's device and no telephone number.
# pkg_cryptocurrency holds the same payments before they are credited to pkg_refill: both count money twice, so
# that pkg_refill alone is read.
name magnusbilling
about MagnusBilling 7: pkg_cdr, pkg_cdr_archive, pkg_cdr_failed, pkg_user, pkg_refill, pkg_log
confirmed-by script/database.sql of magnussolution/magnusbilling7 at 0872f723

table pkg_cdr
kind call
sniff table 60
sniff columns id_user callerid uniqueid starttime sessiontime calledstation src real_sessiontime terminatecauseid 60
columns id id_user id_plan id_trunk id_server id_prefix id_campaign callerid uniqueid starttime sessiontime calledstation sessionbill sipiax src buycost real_sessiontime terminatecauseid agent_bill
role call_id uniqueid
role account id_user
join account pkg_user
role presented callerid
role dialled calledstation
role started starttime
role talk real_sessiontime
role billed sessiontime
role status terminatecauseid
role cost sessionbill
role trunk id_trunk
epoch uniqueid /(?:^|-)(\d{9,10})\.\d+$/
answered 1
cannot-say the address of the caller

# It has no callerid.
table pkg_cdr_archive
kind call
sniff table 60
sniff columns id_user uniqueid starttime sessiontime calledstation src real_sessiontime terminatecauseid 50
columns id id_user id_plan id_trunk id_did id_offer id_prefix uniqueid starttime stoptime sessiontime calledstation sessionbill sipiax src buycost real_sessiontime terminatecauseid agent_bill
role call_id uniqueid
role account id_user
join account pkg_user
role presented callerid optional
without presented
role dialled calledstation
role started starttime
role talk real_sessiontime
role billed sessiontime
role status terminatecauseid
role cost sessionbill
role trunk id_trunk
epoch uniqueid /(?:^|-)(\d{9,10})\.\d+$/
answered 1
cannot-say the presented number of archived calls: pkg_cdr_archive has no column for it

table pkg_cdr_failed
kind call
sniff table 60
sniff columns id_user uniqueid starttime calledstation src callerid terminatecauseid hangupcause 60
columns id id_user id_plan id_trunk id_prefix id_server sessionid uniqueid starttime calledstation sipiax src callerid terminatecauseid hangupcause
role call_id uniqueid
role account id_user
join account pkg_user
role presented callerid
role dialled calledstation
role started starttime
role status hangupcause
role trunk id_trunk
epoch uniqueid /(?:^|-)(\d{9,10})\.\d+$/
# It holds calls that failed: a cause that may be given to answered calls too is that of none here.
unanswered 0
unanswered 16
unanswered 31
unanswered 127

table pkg_user
kind account
sniff table 60
sniff columns id username creationdate credit email phone mobile 60
columns id id_user id_group id_group_agent id_plan id_offer username password credit active creationdate firstusedate expirationdate enableexpire expiredays lastname firstname address city neighborhood state country zipcode phone mobile email vat company_name commercial_name company_website state_number dist contract_value lastuse typepaid creditlimit language redial loginkey last_notification credit_notification credit_notification_daily restriction callingcard_pin prefix_local callshop plan_day record_call active_paypal boleto boleto_day description last_login googleAuthenticator_enable google_authenticator_key doc id_sacado_sac disk_space sipaccountlimit calllimit cpslimit calllimit_error mix_monitor_format transfer_show_selling_price transfer_bdservice_rate transfer_dbbl_rocket_profit transfer_bkash_profit transfer_flexiload_profit transfer_international_profit transfer_dbbl_rocket transfer_bkash transfer_flexiload transfer_international restriction_use
role key id
role account username
role login username
role email email
role phone mobile when mobile /\d/
role phone phone
role registered creationdate

table pkg_refill
kind payment
sniff table 60
sniff columns id id_user date credit description payment 60
columns id id_user date credit description refill_type payment invoice_number image
keep payment /^1$/
role payment_id id
role account id_user
join account pkg_user
role paid date
role amount credit
# Refills by coin say `CriptoCurrency COIN, txid: TXID`, so spelt.
role txid description when description /txid: *[0-9A-Za-z]/
fallback txid // description /txid: *([0-9A-Za-z]+)/
cannot-say the currency of refills: it is base_currency of pkg_configuration (-c CODE)
cannot-say how much coin was paid: pkg_cryptocurrency has it, under the same account and about the same time

# Whatever somebody who had logged in did.
table pkg_log
kind login
sniff table 60
sniff columns id_user username date ip description 60
columns id id_user id_log_actions description username date ip
role account id_user
join account pkg_user
role at date
role ip ip
cannot-say which rows of pkg_log are log-ins: each shows the user at an address

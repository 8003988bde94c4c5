# SPDX-License-Identifier: Apache-2.0
# VOS3000 and VOS5000: e_cdr and its tables a day, e_customer, e_payhistory; also tables that mysql -B wrote to files
# named after them. Times are milliseconds since the epoch, in old versions dates.
# Source: a mysqldump's schema and the extractor earlruby/extract_vos3000_data; the meaning of calleraccesse164
# (the caller as received) is from comments in a public client of the system.
# The name of a table follows midnight on the server's clock, so that calls about midnight are in the one beside.
name vos3000
about VOS3000 and VOS5000: e_cdr, e_customer, e_payhistory
confirmed-by schema of a mysqldump, and earlruby/extract_vos3000_data

table /e_cdr(?:_\d{8})?$/
kind call
sniff table 60
sniff columns callere164 calleraccesse164 calleee164 callerip callertogatewaye164 starttime stoptime holdtime feetime customeraccount flowno 80
columns id callere164 calleraccesse164 calleee164 calleeaccesse164 callerip callerrtpip callercodec callergatewayid callerproductid callertogatewaye164 callertype calleeip calleertpip calleecodec calleegatewayid calleeproductid calleetogatewaye164 calleetype billingmode calllevel agentfeetime starttime stoptime callerpdd calleepdd holdtime callerareacode feetime fee tax suitefee suitefeetime incomefee incometax customeraccount customername calleeareacode agentfee agenttax agentsuitefee agentsuitefeetime agentaccount agentname flowno softswitchname softswitchcallid callercallid calleroriginalcallid calleecallid calleroriginalinfo rtpforward enddirection endreason billingtype cdrlevel agentcdr_id sipreasonheader recordstarttime transactionid flownofirst additional dynamicValue
role call_id flowno
role account customeraccount
role presented callertogatewaye164 when callertogatewaye164 /[^\s]/
role presented calleraccesse164
role dialled calleee164
role started starttime
role ended stoptime when stoptime /[1-9]/
role talk holdtime
role billed feetime
role cost fee
role ip callerip
address ip transport
role trunk calleegatewayid
cannot-say for certain that callertogatewaye164 was presented: that it is the caller as sent to the gateway is taken from its name
cannot-say which reasons mean that nobody answered: endreason is a number that no document explains

table e_customer
kind account
sniff table 60
sniff columns id account name type money 60
role account account
role login account
role name name
role registered starttime when starttime /[1-9]/ optional

table e_payhistory
kind payment
sniff table 60
sniff columns customeraccount paymoney time memo paytype 60
columns id customeraccount paymoney customername time customermoney memo paytype type loginname agentaccount agentname
role payment_id id
role account customeraccount
role paid time
role amount paymoney
role txid memo when memo /(?i)\b[0-9a-f]{64}\b/
fallback txid // memo /(?i)\b([0-9a-f]{64})\b/
cannot-say the currency of payments (-c CODE)
cannot-say what paytype and type mean

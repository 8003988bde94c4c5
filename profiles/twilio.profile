# SPDX-License-Identifier: Apache-2.0
# Twilio: Call resources as JSON, one a line as BulkExport writes them. Times are RFC 2822, GMT.
# Source: Twilio, REST API, Call resource; BulkExport. A withheld caller stands as +266696687 (ANONYMOUS on the keys of a
# telephone) and the like.
name twilio
about Twilio: Call resources, JSON lines
unconfirmed-layout known from documentation alone
kind call

role call_id sid
role account account_sid
role presented from
role presented_name caller_name optional
role dialled to
role started start_time
role ended end_time
role talk duration
role status status
# A charge is below zero, and none until it is known.
role cost price when price /\d/
role currency price_unit
cannot-say a withheld number but as +266696687, +7378742833, +2562533, +8566696 or +86282452253
cannot-say the address of the caller

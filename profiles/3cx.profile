# SPDX-License-Identifier: Apache-2.0
# 3CX: cdr.log with the fields and the order that its documentation lists. Both may be changed by whoever runs it,
# so that this is taken only with -p, after a look at the file.
# Source: 3cx.com, CDR output; tim4biz.com/pbx/3cx. 20 columns, or 27 with what newer versions add.
name 3cx
about 3CX: cdr.log in the documented order, no header
unconfirmed-layout fields and order can be configured, and are known from documentation alone
kind call
header no
separator comma
widths 20-27

role call_id 2
role talk 3
role started 4
role answered_at 5
role ended 6
role status 7
role presented 8
role account 10
role dialled 12
role cost 18
cannot-say the number that a trunk presented: from-no is the caller, of calls from inside an extension (Ext.101)
cannot-say which zone the times are in

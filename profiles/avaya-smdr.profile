# SPDX-License-Identifier: Apache-2.0
# Avaya IP Office: SMDR records. Times of day are local; the connected time is HH:MM:SS, the ring time seconds.
# Source: Avaya, Branch Gateway Manager 10.0, appendix SMDR, "SMDR Fields" (15-601011, issue 29r); IP Office SMDR Output
# Fields. Records of one call share the call id, in column 10; a record follows where column 11 is 1.
name avaya-smdr
about Avaya IP Office: SMDR, no header
unconfirmed-layout known from documentation alone
kind call
header no
separator comma
widths 16-40

role started 1
role talk 2
role presented 4
role dialled 7
role account 8
role call_id 10
role trunk 14
cannot-say the number that a trunk presented: the caller of a call from inside is an extension
cannot-say the account, where no account code was dialled
cannot-say which zone the times are in

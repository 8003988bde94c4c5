# SPDX-License-Identifier: Apache-2.0
# Cisco Unified Communications Manager: CDR files, with a header, and types of SQL in the second line of files that
# are as the system wrote them. Times are seconds since the epoch, UTC; 0 stands for never.
# Source: Cisco, Call Detail Records Administration Guide; cdr.csv of hleguern/CISCO_CDR_ANLAYZER at 8fdd51ff.
# Presented and dialled are what went out after transformations, else the caller's own and what was dialled. A record of type 2 is one of the quality of
# a call (CMR).
name cucm
about Cisco CUCM: CDR file with a header
kind call
header yes
separator comma

sniff columns cdrRecordType globalCallID_callManagerId globalCallID_callId dateTimeOrigination callingPartyNumber originalCalledPartyNumber finalCalledPartyNumber dateTimeConnect dateTimeDisconnect pkid 150
keep cdrRecordType /^1$/
role call_id pkid
role started dateTimeOrigination
role answered_at dateTimeConnect when dateTimeConnect /[1-9]/
role ended dateTimeDisconnect when dateTimeDisconnect /[1-9]/
role presented outpulsedCallingPartyNumber when outpulsedCallingPartyNumber /[^\s]/ optional
role presented callingPartyNumber
role dialled outpulsedCalledPartyNumber when outpulsedCalledPartyNumber /[^\s]/ optional
role dialled originalCalledPartyNumber
role talk duration
role trunk destDeviceName
role account callingPartyUnicodeLoginUserID
cannot-say the address of the caller: origIpAddr is a signed number of 32 bits, its bytes the wrong way round
cannot-say that a call of 0 seconds was not answered

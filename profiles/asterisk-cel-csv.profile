# SPDX-License-Identifier: Apache-2.0
# Asterisk, module cel_custom: channel events, one a row; Master.csv of the sample mapping.
# Source: configs/samples/cel_custom.conf.sample and cel.conf.sample of asterisk/asterisk at f0c1c1a7;
# lib/python/asterisk/self_test/CELMaster1.csv of asterisk/testsuite at 379b3a56. 20 columns.
# A channel that begins is an attempt to call; all that share a linkedid are one call, of which the first
# row stands.
name asterisk-cel-csv
about Asterisk CEL: channel events of cel_custom, 20 columns, no header
kind call
header no
separator comma
quote "
widths 20

keep 1 /^CHAN_START$/
role started 2
role presented_name 3
role presented 4
role dialled 8
role trunk 10
role account 14
role call_id 16
legs call_id

sniff 1 /^(?:CHAN_START|CHAN_END|ANSWER|HANGUP|APP_START|APP_END|PARK_START|PARK_END|BRIDGE_START|BRIDGE_END|BRIDGE_ENTER|BRIDGE_EXIT|BLINDTRANSFER|ATTENDEDTRANSFER|PICKUP|FORWARD|LINKEDID_END|LOCAL_OPTIMIZE(?:_BEGIN)?|CONF_START|CONF_END|USER_DEFINED|3WAY_START|3WAY_END|HOOKFLASH|STREAM_BEGIN|STREAM_END|DTMF)$/ 40
sniff 2 /^(?:\d{9,10}\.\d{6}|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)$/ 20
sniff 15 /^(?:[\w.-]+-)?\d{9,10}\.\d+$/ 20
sniff 16 /^(?:[\w.-]+-)?\d{9,10}\.\d+$/ 20

cannot-say how long calls were, and whether they were answered: ANSWER and HANGUP are rows of their own, which are not paired, for a channel may be answered by the dialplan before anybody talks. The CDRs of the same switch say it, and are the same calls by linkedid
cannot-say the number that was shown, where the dialplan set it: that of a channel is the one it began with

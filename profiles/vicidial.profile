# SPDX-License-Identifier: Apache-2.0
# VICIdial: vicidial_log and its archive, and vicidial_user_log. Numbers are national, without a 0 and without the
# calling code, which stands in phone_code: say -r REGION.
# Source: bin/MySQL_AST_CREATE_tables.sql of inktel/Vicidial, and later migrations.
# call_log, vicidial_carrier_log, vicidial_dial_log and user_call_log have the same calls again, and are not read.
name vicidial
about VICIdial: vicidial_log, vicidial_user_log
confirmed-by bin/MySQL_AST_CREATE_tables.sql of inktel/Vicidial

table vicidial_log vicidial_log_archive
kind call
sniff table 60
sniff columns uniqueid lead_id campaign_id call_date start_epoch length_in_sec status phone_code phone_number user 60
# As it was at first, and with each column that was added since.
columns uniqueid lead_id list_id campaign_id call_date start_epoch end_epoch length_in_sec status phone_code phone_number user comments processed
columns uniqueid lead_id list_id campaign_id call_date start_epoch end_epoch length_in_sec status phone_code phone_number user comments processed user_group
columns uniqueid lead_id list_id campaign_id call_date start_epoch end_epoch length_in_sec status phone_code phone_number user comments processed user_group term_reason
columns uniqueid lead_id list_id campaign_id call_date start_epoch end_epoch length_in_sec status phone_code phone_number user comments processed user_group term_reason alt_dial
columns uniqueid lead_id list_id campaign_id call_date start_epoch end_epoch length_in_sec status phone_code phone_number user comments processed user_group term_reason alt_dial called_count
role call_id uniqueid
role account user
without presented
role dialled phone_number
role started call_date
role duration length_in_sec
role status status
epoch start_epoch
cannot-say the presented number: it is in vicidial_dial_log.outbound_cid alone, for the same uniqueid
cannot-say how long anybody talked: length_in_sec is the length of the call, and no document tells from when on
cannot-say the country of what was dialled: it is in phone_code, which is not read (-r REGION)
cannot-say the customer: the account is the agent's

table vicidial_user_log vicidial_user_log_archive
kind login
sniff table 60
sniff columns user event campaign_id event_date event_epoch computer_ip 60
columns user_log_id user event campaign_id event_date event_epoch user_group session_id server_ip extension computer_ip browser data
role account user
role at event_epoch
role ip computer_ip
role device browser
cannot-say which rows of vicidial_user_log are log-ins: each shows the agent at an address

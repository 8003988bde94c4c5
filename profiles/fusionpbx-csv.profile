# SPDX-License-Identifier: Apache-2.0
# FusionPBX: the CSV that its page of call detail records exports. Every field is quoted, none is escaped; the columns are
# those that the user may see, under their names in the database.
# Source: app/xml_cdr/xml_cdr_export.php of fusionpbx/fusionpbx at 0b8251aa.
name fusionpbx-csv
about FusionPBX: CSV export of the call detail records
confirmed-by app/xml_cdr/xml_cdr_export.php of fusionpbx/fusionpbx at 0b8251aa
kind call

sniff columns xml_cdr_uuid caller_id_number destination_number start_epoch hangup_cause 150
role call_id xml_cdr_uuid
role account accountcode optional
without account
role presented caller_id_number
role presented_name caller_id_name optional
role dialled destination_number
role started start_epoch
role answered_at answer_epoch when answer_epoch /[1-9]/ optional
role ended end_epoch when end_epoch /[1-9]/ optional
role duration duration optional
role talk billsec optional
role status hangup_cause
role ip network_addr optional
address ip transport
cannot-say a quote within a value: the export does not escape it, and such a row is rejected or has its columns shifted
cannot-say what the exporting user might not see, such as the account, or which rows are the other leg of a call

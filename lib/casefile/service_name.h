/* SPDX-License-Identifier: Apache-2.0 */
/* How an account is named where accounts of several services stand together, in SQL:
 * SERVICE/account, with / and \ of the service behind a \, so that the first / that is
 * not behind one ends it. */
#ifndef UNSPOOF_CASEFILE_SERVICE_NAME_H
#define UNSPOOF_CASEFILE_SERVICE_NAME_H

/* Of a row with column service, in which it is not empty. */
#define SERVICE_PREFIX(row) "replace(replace(" row ".service, '\\', '\\\\'), '/', '\\/') || '/'"
/* Whether the case has accounts of more than one service. */
#define SERVICES_SEVERAL "(SELECT min(service) <> max(service) FROM account_key)"
/* What an account or something else of a service is named behind, maybe nothing. */
#define SERVICE_SHOWN(row) \
	"CASE WHEN " SERVICES_SEVERAL " AND " row ".service <> '' THEN " SERVICE_PREFIX(row) " ELSE '' END"
/* A row of account_key with its service wherever it has one. */
#define SERVICE_ACCOUNT(row) \
	"CASE " row ".service WHEN '' THEN '' ELSE " SERVICE_PREFIX(row) " END || " row ".account"

#endif

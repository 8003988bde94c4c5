--
-- PostgreSQL database dump
--

-- Dumped from database version 13.11 (Debian 13.11-0+deb11u1)
-- Dumped by pg_dump version 13.11 (Debian 13.11-0+deb11u1)

SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);

--
-- Name: cdr.cdr_2022_06; Type: TABLE; Schema: -; Owner: pbx
--

CREATE TABLE cdr.cdr_2022_06 (
    id bigint NOT NULL,
    customer_acc_id integer,
    term_gw_id integer,
    customer_price numeric,
    duration integer,
    success boolean,
    dst_prefix_in character varying,
    dst_prefix_out character varying,
    src_prefix_in character varying,
    src_prefix_out character varying,
    time_start timestamp with time zone NOT NULL,
    time_connect timestamp with time zone,
    time_end timestamp with time zone,
    local_tag character varying,
    routing_attempt integer,
    is_last_cdr boolean,
    src_name_out character varying,
    auth_orig_ip inet,
    customer_duration integer
);

--
-- Name: billing.accounts; Type: TABLE; Schema: -; Owner: pbx
--

CREATE TABLE billing.accounts (
    id integer NOT NULL,
    contractor_id integer,
    balance numeric,
    min_balance numeric,
    max_balance numeric,
    name character varying,
    origination_capacity smallint,
    termination_capacity smallint,
    uuid uuid
);

--
-- Name: billing.payments; Type: TABLE; Schema: -; Owner: pbx
--

CREATE TABLE billing.payments (
    account_id integer NOT NULL,
    amount numeric,
    notes character varying,
    id bigint NOT NULL,
    created_at timestamp with time zone,
    uuid uuid,
    private_notes character varying,
    status_id smallint,
    type_id smallint,
    balance_before_payment numeric
);

COPY cdr.cdr_2022_06 (id, customer_acc_id, term_gw_id, customer_price, duration, success, dst_prefix_in, dst_prefix_out, src_prefix_in, src_prefix_out, time_start, time_connect, time_end, local_tag, routing_attempt, is_last_cdr, src_name_out, auth_orig_ip, customer_duration) FROM stdin;
1	12	3	0	0	f	447700900123	447700900123	442079460101	442079460101	2022-06-01 14:02:11.123+00	\N	2022-06-01 14:02:12+00	8-A1	1	f	HSBC UK	203.0.113.9	0
2	12	4	0.0624	70	t	447700900123	447700900123	442079460101	442079460101	2022-06-01 14:02:11.123+00	2022-06-01 14:02:19+00	2022-06-01 14:03:29+00	8-A1	2	t	HSBC UK	203.0.113.9	72
\.


COPY billing.accounts (id, contractor_id, balance, min_balance, max_balance, name, origination_capacity, termination_capacity, uuid) FROM stdin;
12	5	10	0	1000	u10233	10	10	11111111-0000-4000-8000-000000000001
\.


COPY billing.payments (account_id, amount, notes, id, created_at, uuid, private_notes, status_id, type_id, balance_before_payment) FROM stdin;
12	120	top up	1	2022-05-31 22:10:04+00	22222222-0000-4000-8000-000000000001	\N	20	10	0
12	50	top up	2	2022-06-02 22:10:04+00	22222222-0000-4000-8000-000000000002	\N	10	10	0
\.


--
-- PostgreSQL database dump complete
--

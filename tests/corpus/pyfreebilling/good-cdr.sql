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
-- Name: public.cdr; Type: TABLE; Schema: -; Owner: pbx
--

CREATE TABLE public.cdr (
    id integer NOT NULL,
    customer_ip character varying(100),
    uuid character varying(100),
    bleg_uuid character varying(100),
    caller_id_number character varying(100),
    destination_number character varying(100),
    chan_name character varying(100),
    start_stamp timestamp with time zone,
    answered_stamp timestamp with time zone,
    end_stamp timestamp with time zone,
    duration integer,
    effectiv_duration integer,
    effective_duration integer,
    billsec integer,
    read_codec character varying(20),
    write_codec character varying(20),
    hangup_cause character varying(50),
    hangup_cause_q850 integer,
    total_sell numeric(11,5),
    total_cost numeric(11,5),
    prefix character varying(30),
    customer_id integer,
    gateway_id integer
);

COPY public.cdr (id, customer_ip, uuid, bleg_uuid, caller_id_number, destination_number, chan_name, start_stamp, answered_stamp, end_stamp, duration, effectiv_duration, effective_duration, billsec, read_codec, write_codec, hangup_cause, hangup_cause_q850, total_sell, total_cost, prefix, customer_id, gateway_id) FROM stdin;
1	203.0.113.9	a5c9f6c0-e752-11e3-8bfb-65b6c3cdac7d		442079460101	447700900123	sofia/customer/u10233	2022-06-01 14:02:11+00	2022-06-01 14:02:19+00	2022-06-01 14:03:29+00	78	70213	70	72	PCMA	PCMA	NORMAL_CLEARING	16	0.06240	0.04100	4477	12	3
2	203.0.113.9	b5c9f6c0-e752-11e3-8bfb-65b6c3cdac7d		442079460102	447700900124	sofia/customer/u10233	2022-06-01 14:05:11+00	\N	2022-06-01 14:05:29+00	18	0	0	0	PCMA	PCMA	USER_BUSY	17	0.00000	0.00000	4477	12	3
\.


--
-- PostgreSQL database dump complete
--

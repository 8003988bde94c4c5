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
-- Name: public.v_xml_cdr; Type: TABLE; Schema: -; Owner: pbx
--

CREATE TABLE public.v_xml_cdr (
    xml_cdr_uuid uuid NOT NULL,
    domain_name text,
    accountcode text,
    direction text,
    caller_id_name text,
    caller_id_number text,
    destination_number text,
    start_epoch numeric,
    start_stamp timestamp with time zone,
    answer_epoch numeric,
    end_epoch numeric,
    duration numeric,
    billsec numeric,
    hangup_cause text,
    leg text,
    network_addr text,
    json jsonb
);

COPY public.v_xml_cdr (xml_cdr_uuid, domain_name, accountcode, direction, caller_id_name, caller_id_number, destination_number, start_epoch, start_stamp, answer_epoch, end_epoch, duration, billsec, hangup_cause, leg, network_addr, json) FROM stdin;
6f1c2d3e-0000-4000-8000-000000000001	spoof.example	u10233	outbound	HSBC UK	442079460101	447700900123	1654092131	2022-06-01 14:02:11+00	1654092139	1654092209	78	70	NORMAL_CLEARING	a	203.0.113.9	{"core": "a\\b"}
6f1c2d3e-0000-4000-8000-000000000003	spoof.example	u10233	outbound	HSBC UK	442079460101	447700900123	1654092131	2022-06-01 14:02:11+00	1654092139	1654092209	78	70	NORMAL_CLEARING	b	203.0.113.9	\N
6f1c2d3e-0000-4000-8000-000000000002	spoof.example	\N	outbound	\N	anonymous	0447700900456	1654092300	2022-06-01 14:05:00+00	0	1654092302	2	0	NO_USER_RESPONSE	a	203.0.113.9	\N
\.


--
-- PostgreSQL database dump complete
--

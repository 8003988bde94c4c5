-- MySQL dump 10.19  Distrib 10.3.39-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: db
-- ------------------------------------------------------
-- Server version	10.3.39-MariaDB

/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;

--
-- Table structure for table `cdrs`
--

DROP TABLE IF EXISTS `cdrs`;
CREATE TABLE `cdrs` (
  `cdr_id` bigint(20) NOT NULL,
  `src_username` varchar(64),
  `src_domain` varchar(128),
  `dst_username` varchar(64),
  `dst_domain` varchar(128),
  `dst_ousername` varchar(64),
  `call_start_time` datetime,
  `duration` int(10) unsigned,
  `sip_call_id` varchar(128),
  `sip_from_tag` varchar(80) DEFAULT NULL,
  `sip_to_tag` varchar(80) DEFAULT NULL,
  `src_ip` varchar(64),
  `cost` int(11),
  `rated` int(11),
  `created` datetime,
  `calltype` varchar(80) DEFAULT NULL,
  `fraud` int(11),
  `src_gwgroupid` varchar(10),
  `dst_gwgroupid` varchar(10)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `cdrs` WRITE;
/*!40000 ALTER TABLE `cdrs` DISABLE KEYS */;
INSERT INTO `cdrs` VALUES (1,'442079460101','spoof.example','9#447700900123','carrier.example','447700900123','2022-06-01 14:02:19',70,'c1@203.0.113.9','as1a2b','z9hG4bK77','203.0.113.9',0,0,'2022-06-01 14:04:00','outbound',0,'12','7');
/*!40000 ALTER TABLE `cdrs` ENABLE KEYS */;
UNLOCK TABLES;

-- Dump completed on 2022-11-30 12:00:00

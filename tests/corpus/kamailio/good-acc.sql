-- MySQL dump 10.19  Distrib 10.3.39-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: db
-- ------------------------------------------------------
-- Server version	10.3.39-MariaDB

/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;

--
-- Table structure for table `acc`
--

DROP TABLE IF EXISTS `acc`;
CREATE TABLE `acc` (
  `id` int(10) unsigned NOT NULL,
  `method` varchar(16),
  `from_tag` varchar(80) DEFAULT NULL,
  `to_tag` varchar(80) DEFAULT NULL,
  `callid` varchar(255),
  `sip_code` varchar(3),
  `sip_reason` varchar(128),
  `time` datetime,
  `src_user` varchar(64),
  `src_domain` varchar(80) DEFAULT NULL,
  `src_ip` varchar(64),
  `dst_ouser` varchar(64),
  `dst_user` varchar(64),
  `dst_domain` varchar(80) DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `acc` WRITE;
/*!40000 ALTER TABLE `acc` DISABLE KEYS */;
INSERT INTO `acc` VALUES (1,'INVITE','as1a2b','','c1@203.0.113.9','407','Proxy Authentication Required','2022-06-01 14:02:10','442079460101','spoof.example','203.0.113.9','447700900123','9#447700900123','carrier.example'),(2,'INVITE','as1a2b','z9hG4bK77','c1@203.0.113.9','200','OK','2022-06-01 14:02:19','442079460101','spoof.example','203.0.113.9','447700900123','9#447700900123','carrier.example'),(3,'BYE','z9hG4bK77','as1a2b','c1@203.0.113.9','200','OK','2022-06-01 14:03:29','442079460101','spoof.example','203.0.113.9','447700900123','9#447700900123','carrier.example');
/*!40000 ALTER TABLE `acc` ENABLE KEYS */;
UNLOCK TABLES;

--
-- Table structure for table `missed_calls`
--

DROP TABLE IF EXISTS `missed_calls`;
CREATE TABLE `missed_calls` (
  `id` int(10) unsigned NOT NULL,
  `method` varchar(16),
  `from_tag` varchar(80) DEFAULT NULL,
  `to_tag` varchar(80) DEFAULT NULL,
  `callid` varchar(255),
  `sip_code` varchar(3),
  `sip_reason` varchar(128),
  `time` datetime,
  `src_user` varchar(64),
  `src_domain` varchar(80) DEFAULT NULL,
  `src_ip` varchar(64),
  `dst_ouser` varchar(64),
  `dst_user` varchar(64),
  `dst_domain` varchar(80) DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `missed_calls` WRITE;
/*!40000 ALTER TABLE `missed_calls` DISABLE KEYS */;
INSERT INTO `missed_calls` VALUES (1,'INVITE','as1a2c','z9hG4bK78','c2@203.0.113.9','486','Busy Here','2022-06-01 14:05:19','442079460102','spoof.example','203.0.113.9','447700900124','9#447700900124','carrier.example');
/*!40000 ALTER TABLE `missed_calls` ENABLE KEYS */;
UNLOCK TABLES;

-- Dump completed on 2022-11-30 12:00:00

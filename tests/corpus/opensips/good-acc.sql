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
  `method` char(16),
  `from_tag` char(64),
  `to_tag` char(64),
  `callid` char(64),
  `sip_code` char(3),
  `sip_reason` char(32),
  `time` datetime,
  `duration` int(11),
  `ms_duration` int(11),
  `setuptime` int(11),
  `created` datetime,
  `caller_id` char(64),
  `callee_id` char(64),
  `src_ip` char(64)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `acc` WRITE;
/*!40000 ALTER TABLE `acc` DISABLE KEYS */;
INSERT INTO `acc` VALUES (1,'INVITE','as1a2b','z9hG4bK77','c1@203.0.113.9','200','OK','2022-06-01 14:03:29',70,70213,8,'2022-06-01 14:02:11','sip:+442079460101@203.0.113.9:5060;user=phone','sip:447700900123@carrier.example','203.0.113.9'),(2,'INVITE','as1a2c','z9hG4bK78','c2@203.0.113.9','486','Busy Here','2022-06-01 14:05:19',0,0,3,NULL,'sip:442079460102@203.0.113.9','sip:447700900124@carrier.example','203.0.113.9');
/*!40000 ALTER TABLE `acc` ENABLE KEYS */;
UNLOCK TABLES;

-- Dump completed on 2022-11-30 12:00:00

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
  `time` datetime
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `acc` WRITE;
/*!40000 ALTER TABLE `acc` DISABLE KEYS */;
INSERT INTO `acc` VALUES (1,'INVITE','as1a2b','z9','c1@203.0.113.9','200','OK','2022-06-01 14:02:19');
/*!40000 ALTER TABLE `acc` ENABLE KEYS */;
UNLOCK TABLES;

-- Dump completed on 2022-11-30 12:00:00

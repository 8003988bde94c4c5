-- MySQL dump 10.19  Distrib 10.3.39-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: db
-- ------------------------------------------------------
-- Server version	10.3.39-MariaDB

/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;

--
-- Table structure for table `cdr`
--

DROP TABLE IF EXISTS `cdr`;
CREATE TABLE `cdr` (
  `caller_id_name` varchar(80) DEFAULT NULL,
  `caller_id_number` varchar(80) DEFAULT NULL,
  `destination_number` varchar(80) DEFAULT NULL,
  `context` varchar(80) DEFAULT NULL,
  `start_timestamp` datetime,
  `answer_timestamp` datetime,
  `end_timestamp` datetime,
  `duration` int(11),
  `billsec` int(11),
  `hangup_cause` varchar(80) DEFAULT NULL,
  `uuid` varchar(80) DEFAULT NULL,
  `bleg_uuid` varchar(80) DEFAULT NULL,
  `accountcode` varchar(80) DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `cdr` WRITE;
/*!40000 ALTER TABLE `cdr` DISABLE KEYS */;
INSERT INTO `cdr` VALUES ('HSBC UK','442079460101','447700900123','default','2022-06-01 14:02:11','2022-06-01 14:02:19','2022-06-01 14:03:29',78,70,'NORMAL_CLEARING','2bbe83f7-5111-4b5b-9626-c5154608d4ee','','u10233'),('Anonymous','anonymous','447700900124','default','2022-06-01 14:05:00','0000-00-00 00:00:00','2022-06-01 14:05:02',2,0,'NO_USER_RESPONSE','2bbe83f7-5111-4b5b-9626-c5154608d4ef','','u10233');
/*!40000 ALTER TABLE `cdr` ENABLE KEYS */;
UNLOCK TABLES;

-- Dump completed on 2022-11-30 12:00:00

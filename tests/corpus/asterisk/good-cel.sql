-- MySQL dump 10.19  Distrib 10.3.39-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: db
-- ------------------------------------------------------
-- Server version	10.3.39-MariaDB

/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;

--
-- Table structure for table `cel`
--

DROP TABLE IF EXISTS `cel`;
CREATE TABLE `cel` (
  `id` int(11),
  `eventtype` varchar(30),
  `eventtime` datetime,
  `cid_name` varchar(80) DEFAULT NULL,
  `cid_num` varchar(80) DEFAULT NULL,
  `cid_ani` varchar(80) DEFAULT NULL,
  `cid_rdnis` varchar(80) DEFAULT NULL,
  `cid_dnid` varchar(80) DEFAULT NULL,
  `exten` varchar(80) DEFAULT NULL,
  `context` varchar(80) DEFAULT NULL,
  `channame` varchar(80) DEFAULT NULL,
  `appname` varchar(80) DEFAULT NULL,
  `appdata` varchar(80) DEFAULT NULL,
  `amaflags` int(11),
  `accountcode` varchar(80) DEFAULT NULL,
  `uniqueid` varchar(80) DEFAULT NULL,
  `linkedid` varchar(80) DEFAULT NULL,
  `peer` varchar(80) DEFAULT NULL,
  `userdeftype` varchar(80) DEFAULT NULL,
  `extra` varchar(80) DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `cel` WRITE;
/*!40000 ALTER TABLE `cel` DISABLE KEYS */;
INSERT INTO `cel` VALUES (1,'CHAN_START','2022-06-01 14:02:11','HSBC','442079460101','','','','447700900123','from-spoof','PJSIP/u10233-1','','',3,'u10233','1654092131.42','1654092131.42','','',''),(2,'ANSWER','2022-06-01 14:02:19','HSBC','442079460101','','','','447700900123','from-spoof','PJSIP/u10233-1','Dial','PJSIP/447700900123@carrier1',3,'u10233','1654092131.42','1654092131.42','','',''),(3,'HANGUP','2022-06-01 14:03:29','HSBC','442079460101','','','','447700900123','from-spoof','PJSIP/u10233-1','','',3,'u10233','1654092131.42','1654092131.42','','','');
/*!40000 ALTER TABLE `cel` ENABLE KEYS */;
UNLOCK TABLES;

-- Dump completed on 2022-11-30 12:00:00

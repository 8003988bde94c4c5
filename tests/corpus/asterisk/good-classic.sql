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
  `calldate` datetime,
  `clid` varchar(80) DEFAULT NULL,
  `src` varchar(80) DEFAULT NULL,
  `dst` varchar(80) DEFAULT NULL,
  `dcontext` varchar(80) DEFAULT NULL,
  `channel` varchar(80) DEFAULT NULL,
  `dstchannel` varchar(80) DEFAULT NULL,
  `lastapp` varchar(80) DEFAULT NULL,
  `lastdata` varchar(80) DEFAULT NULL,
  `duration` int(11),
  `billsec` int(11),
  `disposition` varchar(80) DEFAULT NULL,
  `amaflags` int(11),
  `accountcode` varchar(80) DEFAULT NULL,
  `uniqueid` varchar(80) DEFAULT NULL,
  `userfield` varchar(80) DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `cdr` WRITE;
/*!40000 ALTER TABLE `cdr` DISABLE KEYS */;
INSERT INTO `cdr` VALUES ('2022-06-01 14:02:11','\"HSBC\" <442079460101>','442079460101','447700900123','from-spoof','SIP/u10233-1','SIP/carrier1-1','Dial','SIP/carrier1/447700900123,60',78,70,'ANSWERED',3,'u10233','1654092131.42',''),('2022-06-01 14:05:11','','442079460102','447700900124','from-spoof','SIP/u10233-2','SIP/carrier1-2','Dial','SIP/carrier1/447700900124,60',12,0,'BUSY',3,'u10233','1654092311.43','');
/*!40000 ALTER TABLE `cdr` ENABLE KEYS */;
UNLOCK TABLES;

-- Dump completed on 2022-11-30 12:00:00

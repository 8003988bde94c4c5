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
  `accountcode` varchar(80) DEFAULT NULL,
  `src` varchar(80) DEFAULT NULL,
  `dst` varchar(80) DEFAULT NULL,
  `dcontext` varchar(80) DEFAULT NULL,
  `clid` varchar(80) DEFAULT NULL,
  `channel` varchar(80) DEFAULT NULL,
  `dstchannel` varchar(80) DEFAULT NULL,
  `lastapp` varchar(80) DEFAULT NULL,
  `lastdata` varchar(80) DEFAULT NULL,
  `start` datetime,
  `answer` datetime,
  `end` datetime,
  `duration` int(11),
  `billsec` int(11),
  `disposition` varchar(80) DEFAULT NULL,
  `amaflags` varchar(80) DEFAULT NULL,
  `userfield` varchar(80) DEFAULT NULL,
  `uniqueid` varchar(80) DEFAULT NULL,
  `linkedid` varchar(80) DEFAULT NULL,
  `peeraccount` varchar(80) DEFAULT NULL,
  `sequence` int(11)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `cdr` WRITE;
/*!40000 ALTER TABLE `cdr` DISABLE KEYS */;
INSERT INTO `cdr` VALUES ('u10233','442079460101','447700900123','from-spoof','\"HSBC\" <442079460101>','PJSIP/u10233-1','PJSIP/carrier1-1','Dial','PJSIP/447700900123@carrier1,60','2022-06-01 14:02:11','2022-06-01 14:02:19','2022-06-01 14:03:29',78,70,'ANSWERED','DOCUMENTATION','','1654092131.42','1654092131.42','',1),('u10233','anonymous','s','from-spoof','\"Anonymous\" <anonymous>','PJSIP/u10233-2','','Dial','PJSIP/carrier1/00447700900456,60','2022-06-01 14:10:02',NULL,'2022-06-01 14:10:31',29,0,'NO ANSWER','DOCUMENTATION','','1654092602.44','1654092602.44','',2);
/*!40000 ALTER TABLE `cdr` ENABLE KEYS */;
UNLOCK TABLES;

-- Dump completed on 2022-11-30 12:00:00

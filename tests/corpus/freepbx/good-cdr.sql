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
  `userfield` varchar(80) DEFAULT NULL,
  `did` varchar(80) DEFAULT NULL,
  `recordingfile` varchar(80) DEFAULT NULL,
  `cnum` varchar(80) DEFAULT NULL,
  `cnam` varchar(80) DEFAULT NULL,
  `outbound_cnum` varchar(80) DEFAULT NULL,
  `outbound_cnam` varchar(80) DEFAULT NULL,
  `dst_cnam` varchar(80) DEFAULT NULL,
  `linkedid` varchar(80) DEFAULT NULL,
  `peeraccount` varchar(80) DEFAULT NULL,
  `sequence` int(11)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `cdr` WRITE;
/*!40000 ALTER TABLE `cdr` DISABLE KEYS */;
INSERT INTO `cdr` VALUES ('2022-06-01 14:02:11','\"Desk 1\" <1001>','1001','07700900123','from-internal','SIP/1001-0000002a','SIP/trunk-0000002b','Dial','SIP/trunk/07700900123,300,T',65,58,'ANSWERED',3,'acct7','1654088531.42','','','','1001','Desk 1','02079460101','HSBC','','1654088531.42','',42),('2022-06-01 14:05:00','\"HSBC\" <02079460102>','02079460102','07700900124','from-internal','SIP/1001-0000002c','SIP/trunk-0000002d','Dial','SIP/trunk/07700900124,300,T',12,0,'NO ANSWER',3,'acct7','1654088700.44','','','','','','','','','1654088700.44','',43);
/*!40000 ALTER TABLE `cdr` ENABLE KEYS */;
UNLOCK TABLES;

-- Dump completed on 2022-11-30 12:00:00

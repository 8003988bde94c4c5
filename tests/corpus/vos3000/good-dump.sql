-- MySQL dump 10.19  Distrib 10.3.39-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: db
-- ------------------------------------------------------
-- Server version	10.3.39-MariaDB

/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;

--
-- Table structure for table `e_cdr_20220601`
--

DROP TABLE IF EXISTS `e_cdr_20220601`;
CREATE TABLE `e_cdr_20220601` (
  `id` bigint(20) NOT NULL,
  `callere164` varchar(64),
  `calleraccesse164` varchar(64),
  `calleee164` varchar(64),
  `calleeaccesse164` varchar(64),
  `callerip` varchar(64),
  `callergatewayid` varchar(64),
  `callertogatewaye164` varchar(64),
  `calleeip` varchar(64),
  `calleegatewayid` varchar(64),
  `calleetogatewaye164` varchar(64),
  `starttime` bigint(20),
  `stoptime` bigint(20),
  `holdtime` int(11),
  `feetime` int(11),
  `fee` double,
  `customeraccount` varchar(64),
  `customername` varchar(64),
  `flowno` bigint(20),
  `enddirection` int(11),
  `endreason` int(11)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `e_cdr_20220601` WRITE;
/*!40000 ALTER TABLE `e_cdr_20220601` DISABLE KEYS */;
INSERT INTO `e_cdr_20220601` VALUES (1,'442079460101','442079460101','447700900123','9447700900123','203.0.113.9','GW_IN','442079460101','198.51.100.7','GW_OUT','447700900123',1654092131123,1654092209456,70,72,0.0624,'u10233','spoofshop',90210001,1,-8),(2,'442079460101','442079460102','447700900124','','203.0.113.9','GW_IN','','198.51.100.7','GW_OUT','447700900124',1654092300123,0,0,0,0,'u10233','spoofshop',90210002,1,-9);
/*!40000 ALTER TABLE `e_cdr_20220601` ENABLE KEYS */;
UNLOCK TABLES;

--
-- Table structure for table `e_customer`
--

DROP TABLE IF EXISTS `e_customer`;
CREATE TABLE `e_customer` (
  `id` int(11) NOT NULL,
  `account` varchar(64),
  `name` varchar(64),
  `password` varchar(64),
  `type` int(11),
  `starttime` bigint(20),
  `money` double
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `e_customer` WRITE;
/*!40000 ALTER TABLE `e_customer` DISABLE KEYS */;
INSERT INTO `e_customer` VALUES (1,'u10233','spoofshop','not-kept',0,1651399200000,12.5);
/*!40000 ALTER TABLE `e_customer` ENABLE KEYS */;
UNLOCK TABLES;

--
-- Table structure for table `e_payhistory`
--

DROP TABLE IF EXISTS `e_payhistory`;
CREATE TABLE `e_payhistory` (
  `id` int(11) NOT NULL,
  `customeraccount` varchar(64),
  `paymoney` double,
  `customername` varchar(64),
  `time` bigint(20),
  `customermoney` double,
  `memo` varchar(255),
  `paytype` int(11),
  `type` int(11),
  `loginname` varchar(64),
  `agentaccount` varchar(64),
  `agentname` varchar(64)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `e_payhistory` WRITE;
/*!40000 ALTER TABLE `e_payhistory` DISABLE KEYS */;
INSERT INTO `e_payhistory` VALUES (1,'u10233',120,'spoofshop',1654035004000,132.5,'btc a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1',0,0,'admin','','');
/*!40000 ALTER TABLE `e_payhistory` ENABLE KEYS */;
UNLOCK TABLES;

-- Dump completed on 2022-11-30 12:00:00

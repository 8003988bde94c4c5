-- MySQL dump 10.19  Distrib 10.3.39-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: db
-- ------------------------------------------------------
-- Server version	10.3.39-MariaDB

/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;

--
-- Table structure for table `cc_call`
--

DROP TABLE IF EXISTS `cc_call`;
CREATE TABLE `cc_call` (
  `id` bigint(20) NOT NULL,
  `sessionid` varchar(40),
  `uniqueid` varchar(30),
  `card_id` bigint(20),
  `nasipaddress` varchar(30),
  `starttime` timestamp NOT NULL,
  `stoptime` timestamp NOT NULL,
  `sessiontime` int(11),
  `calledstation` varchar(100),
  `sessionbill` float,
  `id_tariffgroup` int(11),
  `id_tariffplan` int(11),
  `id_ratecard` int(11),
  `id_trunk` int(11),
  `sipiax` int(11),
  `src` varchar(40),
  `id_did` int(11),
  `buycost` decimal(15,5),
  `id_card_package_offer` int(11),
  `real_sessiontime` int(11),
  `dnid` varchar(40),
  `terminatecauseid` int(1),
  `destination` int(11)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `cc_call` WRITE;
/*!40000 ALTER TABLE `cc_call` DISABLE KEYS */;
INSERT INTO `cc_call` VALUES (991,'SIP/8675309-0000a1f2','1654092131.412',10233,'pbx1','2022-06-01 13:02:19','2022-06-01 13:03:29',72,'447700900123',0.0624,1,3,17,2,0,'442079460101',NULL,0.041,0,70,'447700900123',1,4477),(992,'SIP/8675309-0000a1f3','1654092331.413',10233,'pbx1','2022-06-01 13:05:31','0000-00-00 00:00:00',0,'447700900124',0,1,3,17,2,0,'442079460102',NULL,0,0,0,'447700900124',3,4477);
/*!40000 ALTER TABLE `cc_call` ENABLE KEYS */;
UNLOCK TABLES;

--
-- Table structure for table `cc_card`
--

DROP TABLE IF EXISTS `cc_card`;
CREATE TABLE `cc_card` (
  `id` bigint(20) NOT NULL,
  `creationdate` timestamp NOT NULL,
  `firstusedate` timestamp NOT NULL,
  `username` varchar(50),
  `useralias` varchar(50),
  `uipass` varchar(50),
  `credit` decimal(15,5),
  `lastname` varchar(50),
  `firstname` varchar(50),
  `country` char(40),
  `phone` varchar(20),
  `email` varchar(70),
  `currency` char(3)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `cc_card` WRITE;
/*!40000 ALTER TABLE `cc_card` DISABLE KEYS */;
INSERT INTO `cc_card` VALUES (10233,'2022-05-01 10:00:00','2022-05-02 10:00:00','8675309','maya','not-kept','50.00000','Okoro','Maya','GBR','07700900201','maya.okoro@example.com','GBP');
/*!40000 ALTER TABLE `cc_card` ENABLE KEYS */;
UNLOCK TABLES;

--
-- Table structure for table `cc_logpayment`
--

DROP TABLE IF EXISTS `cc_logpayment`;
CREATE TABLE `cc_logpayment` (
  `id` int(11) NOT NULL,
  `date` timestamp NOT NULL,
  `payment` decimal(15,5),
  `card_id` bigint(20),
  `id_logrefill` bigint(20),
  `description` mediumtext,
  `added_refill` smallint(6),
  `payment_type` tinyint(4),
  `added_commission` tinyint(4),
  `agent_id` bigint(20)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `cc_logpayment` WRITE;
/*!40000 ALTER TABLE `cc_logpayment` DISABLE KEYS */;
INSERT INTO `cc_logpayment` VALUES (71,'2022-05-31 22:10:04','120.00000',10233,55,'BTC tx a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1',1,0,0,NULL),(72,'2022-06-10 09:00:00','80.00000',10233,56,'cash, by hand',1,0,0,NULL);
/*!40000 ALTER TABLE `cc_logpayment` ENABLE KEYS */;
UNLOCK TABLES;

--
-- Table structure for table `cc_logrefill`
--

DROP TABLE IF EXISTS `cc_logrefill`;
CREATE TABLE `cc_logrefill` (
  `id` bigint(20) NOT NULL,
  `date` timestamp NOT NULL,
  `credit` decimal(15,5),
  `card_id` bigint(20),
  `description` mediumtext,
  `refill_type` tinyint(4),
  `added_invoice` tinyint(4),
  `agent_id` bigint(20)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `cc_logrefill` WRITE;
/*!40000 ALTER TABLE `cc_logrefill` DISABLE KEYS */;
INSERT INTO `cc_logrefill` VALUES (55,'2022-05-31 22:10:04','120.00000',10233,'BTC tx a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1',0,0,NULL);
/*!40000 ALTER TABLE `cc_logrefill` ENABLE KEYS */;
UNLOCK TABLES;

-- Dump completed on 2022-11-30 12:00:00

-- MySQL dump 10.19  Distrib 10.3.39-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: db
-- ------------------------------------------------------
-- Server version	10.3.39-MariaDB

/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;

--
-- Table structure for table `pkg_cdr`
--

DROP TABLE IF EXISTS `pkg_cdr`;
CREATE TABLE `pkg_cdr` (
  `id` bigint(20) NOT NULL,
  `id_user` int(11),
  `id_plan` int(11),
  `id_trunk` int(11),
  `id_server` int(11),
  `id_prefix` int(11),
  `id_campaign` int(11),
  `callerid` varchar(50),
  `uniqueid` varchar(30),
  `starttime` timestamp NOT NULL,
  `sessiontime` int(11),
  `calledstation` varchar(50),
  `sessionbill` float,
  `sipiax` int(11),
  `src` varchar(50),
  `buycost` decimal(15,6),
  `real_sessiontime` int(11),
  `terminatecauseid` int(1),
  `agent_bill` decimal(15,6)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `pkg_cdr` WRITE;
/*!40000 ALTER TABLE `pkg_cdr` DISABLE KEYS */;
INSERT INTO `pkg_cdr` VALUES (9,2,3,3,NULL,399,NULL,'442079460101','1677409801.16','2023-02-26 11:10:17',72,'447700900123',0.132,0,'621105','0.039600',67,1,'0.000000'),(10,2,1,1,NULL,399,NULL,'anonymous','1677409959.20','2023-02-26 11:12:57',66,'9#447700900456',0.121,0,'621105','0.045100',64,1,'0.000000');
/*!40000 ALTER TABLE `pkg_cdr` ENABLE KEYS */;
UNLOCK TABLES;

--
-- Table structure for table `pkg_cdr_archive`
--

DROP TABLE IF EXISTS `pkg_cdr_archive`;
CREATE TABLE `pkg_cdr_archive` (
  `id` bigint(20) NOT NULL,
  `id_user` int(11),
  `id_plan` int(11),
  `id_trunk` int(11),
  `id_did` int(11),
  `id_offer` int(11),
  `id_prefix` int(11),
  `uniqueid` varchar(30),
  `starttime` timestamp NOT NULL,
  `stoptime` timestamp NOT NULL,
  `sessiontime` int(11),
  `calledstation` varchar(50),
  `sessionbill` float,
  `sipiax` int(11),
  `src` varchar(50),
  `buycost` decimal(15,6),
  `real_sessiontime` int(11),
  `terminatecauseid` int(1),
  `agent_bill` decimal(15,6)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `pkg_cdr_archive` WRITE;
/*!40000 ALTER TABLE `pkg_cdr_archive` DISABLE KEYS */;
INSERT INTO `pkg_cdr_archive` VALUES (1,2,3,3,NULL,NULL,399,'1640995200.11','2022-01-01 00:00:10','2022-01-01 00:01:10',60,'447700900125',0.11,0,'621105','0.039600',55,1,'0.000000');
/*!40000 ALTER TABLE `pkg_cdr_archive` ENABLE KEYS */;
UNLOCK TABLES;

--
-- Table structure for table `pkg_cdr_failed`
--

DROP TABLE IF EXISTS `pkg_cdr_failed`;
CREATE TABLE `pkg_cdr_failed` (
  `id` bigint(20) NOT NULL,
  `id_user` int(11),
  `id_plan` int(11),
  `id_trunk` int(11),
  `id_prefix` int(11),
  `id_server` int(11),
  `sessionid` varchar(40),
  `uniqueid` varchar(30),
  `starttime` timestamp NOT NULL,
  `calledstation` varchar(50),
  `sipiax` int(11),
  `src` varchar(50),
  `callerid` varchar(50),
  `terminatecauseid` int(1),
  `hangupcause` int(11)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `pkg_cdr_failed` WRITE;
/*!40000 ALTER TABLE `pkg_cdr_failed` DISABLE KEYS */;
INSERT INTO `pkg_cdr_failed` VALUES (4,2,3,3,399,NULL,'SIP/621105-1','1677410000.21','2023-02-26 11:13:20','447700900126',0,'621105','442079460101',2,17);
/*!40000 ALTER TABLE `pkg_cdr_failed` ENABLE KEYS */;
UNLOCK TABLES;

--
-- Table structure for table `pkg_user`
--

DROP TABLE IF EXISTS `pkg_user`;
CREATE TABLE `pkg_user` (
  `id` int(11) NOT NULL,
  `id_user` int(11),
  `id_group` int(11),
  `username` varchar(50),
  `password` varchar(50),
  `credit` decimal(15,5),
  `active` int(11),
  `creationdate` timestamp NOT NULL,
  `lastname` varchar(50),
  `firstname` varchar(50),
  `phone` varchar(30),
  `mobile` varchar(30),
  `email` varchar(50)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `pkg_user` WRITE;
/*!40000 ALTER TABLE `pkg_user` DISABLE KEYS */;
INSERT INTO `pkg_user` VALUES (2,1,3,'u10233','not-kept','12.50000',1,'2023-01-02 08:00:00','Okoro','Maya','02079460201','07700900201','maya.okoro@example.com'),(3,1,3,'u10234','not-kept','0.00000',1,'2023-01-03 08:00:00','Lind','Sam','02079460202','','sam.lind@example.net');
/*!40000 ALTER TABLE `pkg_user` ENABLE KEYS */;
UNLOCK TABLES;

--
-- Table structure for table `pkg_refill`
--

DROP TABLE IF EXISTS `pkg_refill`;
CREATE TABLE `pkg_refill` (
  `id` int(11) NOT NULL,
  `id_user` int(11),
  `date` timestamp NOT NULL,
  `credit` decimal(15,5),
  `description` varchar(200),
  `refill_type` tinyint(4),
  `payment` tinyint(4),
  `invoice_number` varchar(50),
  `image` varchar(100)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `pkg_refill` WRITE;
/*!40000 ALTER TABLE `pkg_refill` DISABLE KEYS */;
INSERT INTO `pkg_refill` VALUES (1,2,'2023-02-01 10:00:00','100.00000','CriptoCurrency BTC, txid: a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1',0,1,'',NULL),(2,2,'2023-02-02 10:00:00','5.00000','bonus',0,0,'',NULL),(3,3,'2023-02-03 10:00:00','20.00000','bank transfer',0,1,'INV-7',NULL),(4,9,'2023-02-04 10:00:00','30.00000','bank transfer',0,1,'INV-8',NULL);
/*!40000 ALTER TABLE `pkg_refill` ENABLE KEYS */;
UNLOCK TABLES;

--
-- Table structure for table `pkg_cryptocurrency`
--

DROP TABLE IF EXISTS `pkg_cryptocurrency`;
CREATE TABLE `pkg_cryptocurrency` (
  `id` int(11) NOT NULL,
  `id_user` int(11),
  `status` int(11),
  `currency` varchar(50),
  `amountCrypto` decimal(15,8),
  `amount` decimal(15,8),
  `date` timestamp NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `pkg_cryptocurrency` WRITE;
/*!40000 ALTER TABLE `pkg_cryptocurrency` DISABLE KEYS */;
INSERT INTO `pkg_cryptocurrency` VALUES (1,2,0,'BTC','0.00412300','100.00000000','2023-02-01 09:58:00');
/*!40000 ALTER TABLE `pkg_cryptocurrency` ENABLE KEYS */;
UNLOCK TABLES;

--
-- Table structure for table `pkg_log`
--

DROP TABLE IF EXISTS `pkg_log`;
CREATE TABLE `pkg_log` (
  `id` int(11) NOT NULL,
  `id_user` int(11),
  `id_log_actions` int(11),
  `description` text,
  `username` varchar(50),
  `date` timestamp NOT NULL,
  `ip` varchar(50)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `pkg_log` WRITE;
/*!40000 ALTER TABLE `pkg_log` DISABLE KEYS */;
INSERT INTO `pkg_log` VALUES (1,2,1,'Username Login on the panel - User u10233','u10233','2023-02-01 09:50:00','203.0.113.9');
/*!40000 ALTER TABLE `pkg_log` ENABLE KEYS */;
UNLOCK TABLES;

-- Dump completed on 2022-11-30 12:00:00

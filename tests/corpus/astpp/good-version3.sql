-- MySQL dump 10.19  Distrib 10.3.39-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: db
-- ------------------------------------------------------
-- Server version	10.3.39-MariaDB

/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;

--
-- Table structure for table `accounts`
--

DROP TABLE IF EXISTS `accounts`;
CREATE TABLE `accounts` (
  `id` int(11) NOT NULL,
  `number` varchar(20),
  `reseller_id` int(11),
  `pricelist_id` int(11),
  `status` tinyint(1),
  `creation` datetime,
  `credit_limit` decimal(20,6),
  `balance` decimal(20,6),
  `password` varchar(100),
  `first_name` varchar(40),
  `last_name` varchar(40),
  `telephone_1` varchar(40),
  `telephone_2` varchar(40),
  `email` varchar(80),
  `currency_id` int(11)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `accounts` WRITE;
/*!40000 ALTER TABLE `accounts` DISABLE KEYS */;
INSERT INTO `accounts` VALUES (7,'8675309',0,1,0,'2022-05-01 10:00:00','0.000000','12.000000','not-kept','Maya','Okoro','07700900201','','maya.okoro@example.com',139);
/*!40000 ALTER TABLE `accounts` ENABLE KEYS */;
UNLOCK TABLES;

--
-- Table structure for table `payments`
--

DROP TABLE IF EXISTS `payments`;
CREATE TABLE `payments` (
  `id` int(11) NOT NULL,
  `accountid` int(11),
  `credit` decimal(20,6),
  `payment_mode` varchar(50),
  `type` varchar(50),
  `payment_by` int(11),
  `notes` text,
  `reference` varchar(50),
  `payment_date` datetime,
  `paypalid` varchar(50),
  `txn_id` varchar(25),
  `reseller_id` int(11),
  `refill_coupon_number` varchar(25)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `payments` WRITE;
/*!40000 ALTER TABLE `payments` DISABLE KEYS */;
INSERT INTO `payments` VALUES (1,7,'120.000000','0','SYSTEM',-1,'bitcoin','','2017-05-31 22:10:04','','a1a1a1a1a1a1a1a1a1a1a1a1a',0,'');
/*!40000 ALTER TABLE `payments` ENABLE KEYS */;
UNLOCK TABLES;

-- Dump completed on 2022-11-30 12:00:00

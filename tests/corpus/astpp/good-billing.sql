-- MySQL dump 10.19  Distrib 10.3.39-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: db
-- ------------------------------------------------------
-- Server version	10.3.39-MariaDB

/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;

--
-- Table structure for table `cdrs`
--

DROP TABLE IF EXISTS `cdrs`;
CREATE TABLE `cdrs` (
  `uniqueid` varchar(60) NOT NULL,
  `accountid` int(11),
  `type` tinyint(1),
  `sip_user` varchar(50),
  `callerid` varchar(120),
  `callednum` varchar(30),
  `translated_dst` varchar(40),
  `ct` int(11),
  `billseconds` smallint(6),
  `trunk_id` smallint(6),
  `trunkip` varchar(15),
  `callerip` varchar(15),
  `disposition` varchar(45),
  `callstart` datetime,
  `debit` decimal(20,6),
  `cost` decimal(20,6),
  `billmsec` int(11),
  `end_stamp` datetime
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `cdrs` WRITE;
/*!40000 ALTER TABLE `cdrs` DISABLE KEYS */;
INSERT INTO `cdrs` VALUES ('a5c9f6c0-e752-11e3-8bfb-65b6c3cdac7d',7,0,'u10233','HSBC UK <442079460101>','447700900123','447700900123',0,70,3,'198.51.100.7','203.0.113.9','NORMAL_CLEARING [16]','2022-06-01 13:02:11','0.062400','0.041000',70213,'2022-06-01 13:03:29'),('b5c9f6c0-e752-11e3-8bfb-65b6c3cdac7d',7,0,'u10233','HSBC UK <442079460102>','447700900124','447700900124',0,0,3,'198.51.100.7','203.0.113.9','USER_BUSY [17]','2022-06-01 13:05:11','0.000000','0.000000',0,'2022-06-01 13:05:29');
/*!40000 ALTER TABLE `cdrs` ENABLE KEYS */;
UNLOCK TABLES;

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
-- Table structure for table `payment_transaction`
--

DROP TABLE IF EXISTS `payment_transaction`;
CREATE TABLE `payment_transaction` (
  `id` int(11) NOT NULL,
  `accountid` int(11),
  `amount` decimal(20,6),
  `tax` text,
  `payment_method` varchar(50),
  `actual_amount` decimal(20,6),
  `payment_fee` decimal(20,6),
  `reseller_id` int(11),
  `transaction_id` varchar(50),
  `customer_ip` varchar(50),
  `user_currency` varchar(3),
  `currency_rate` decimal(20,6),
  `transaction_details` text,
  `date` timestamp NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `payment_transaction` WRITE;
/*!40000 ALTER TABLE `payment_transaction` DISABLE KEYS */;
INSERT INTO `payment_transaction` VALUES (1,7,'120.000000','','BTC','118.000000','2.000000',0,'a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1','203.0.113.9','GBP','1.000000','{}','2022-05-31 22:10:04');
/*!40000 ALTER TABLE `payment_transaction` ENABLE KEYS */;
UNLOCK TABLES;

-- Dump completed on 2022-11-30 12:00:00

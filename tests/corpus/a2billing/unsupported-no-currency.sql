-- MySQL dump 10.19  Distrib 10.3.39-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: db
-- ------------------------------------------------------
-- Server version	10.3.39-MariaDB

/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;

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

-- Dump completed on 2022-11-30 12:00:00

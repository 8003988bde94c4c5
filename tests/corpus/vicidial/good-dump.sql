-- MySQL dump 10.19  Distrib 10.3.39-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: db
-- ------------------------------------------------------
-- Server version	10.3.39-MariaDB

/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;

--
-- Table structure for table `vicidial_log`
--

DROP TABLE IF EXISTS `vicidial_log`;
CREATE TABLE `vicidial_log` (
  `uniqueid` varchar(20) NOT NULL,
  `lead_id` int(9),
  `list_id` bigint(14),
  `campaign_id` varchar(8),
  `call_date` datetime,
  `start_epoch` int(10),
  `end_epoch` int(10),
  `length_in_sec` int(10),
  `status` varchar(6),
  `phone_code` varchar(10),
  `phone_number` varchar(18),
  `user` varchar(20),
  `comments` varchar(255),
  `processed` enum('Y','N'),
  `user_group` varchar(20),
  `term_reason` varchar(20),
  `alt_dial` varchar(6)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `vicidial_log` WRITE;
/*!40000 ALTER TABLE `vicidial_log` DISABLE KEYS */;
INSERT INTO `vicidial_log` VALUES ('1654092131.42',12345,101,'BANK','2022-06-01 15:02:11',1654092131,1654092209,78,'SALE','44','7700900123','agent7','AUTO','N','AGENTS','AGENT','MAIN'),('1654092331.43',12346,101,'BANK','2022-06-01 15:05:31',1654092331,NULL,NULL,'DROP','44','7700900124','VDAD','AUTO','N',NULL,'ABANDON','MAIN');
/*!40000 ALTER TABLE `vicidial_log` ENABLE KEYS */;
UNLOCK TABLES;

--
-- Table structure for table `vicidial_user_log`
--

DROP TABLE IF EXISTS `vicidial_user_log`;
CREATE TABLE `vicidial_user_log` (
  `user_log_id` int(9) NOT NULL,
  `user` varchar(20),
  `event` varchar(50),
  `campaign_id` varchar(8),
  `event_date` datetime,
  `event_epoch` int(10),
  `user_group` varchar(20),
  `session_id` varchar(20),
  `server_ip` varchar(15),
  `extension` varchar(50),
  `computer_ip` varchar(15),
  `browser` varchar(255),
  `data` varchar(255)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `vicidial_user_log` WRITE;
/*!40000 ALTER TABLE `vicidial_user_log` DISABLE KEYS */;
INSERT INTO `vicidial_user_log` VALUES (1,'agent7','LOGIN','BANK','2022-06-01 15:00:00',1654092000,'AGENTS','8600051','192.0.2.10','SIP/7','203.0.113.9','Mozilla/5.0','');
/*!40000 ALTER TABLE `vicidial_user_log` ENABLE KEYS */;
UNLOCK TABLES;

-- Dump completed on 2022-11-30 12:00:00

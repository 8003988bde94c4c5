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
  `id` int(11) NOT NULL,
  `cgrid` varchar(40),
  `run_id` varchar(64),
  `origin_host` varchar(64),
  `source` varchar(64),
  `origin_id` varchar(128),
  `tor` varchar(16),
  `request_type` varchar(24),
  `tenant` varchar(64),
  `category` varchar(64),
  `account` varchar(128),
  `subject` varchar(128),
  `destination` varchar(128),
  `setup_time` datetime,
  `answer_time` datetime,
  `usage` bigint(20),
  `extra_fields` text,
  `cost_source` varchar(64),
  `cost` decimal(20,4),
  `cost_details` mediumtext,
  `extra_info` text,
  `created_at` timestamp NULL,
  `updated_at` timestamp NULL,
  `deleted_at` timestamp NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `cdrs` WRITE;
/*!40000 ALTER TABLE `cdrs` DISABLE KEYS */;
INSERT INTO `cdrs` VALUES (1,'dd0c2b1','*raw','203.0.113.20','freeswitch_json','c1@203.0.113.9','*voice','*prepaid','spoof.example','call','u10233','u10233','447700900123','2022-06-01 13:02:11','2022-06-01 13:02:19',70213000000,'{\"cli\":\"442079460101\"}','','-1.0000','','','2022-06-01 13:03:30',NULL,NULL),(2,'dd0c2b1','*default','203.0.113.20','freeswitch_json','c1@203.0.113.9','*voice','*prepaid','spoof.example','call','u10233','u10233','447700900123','2022-06-01 13:02:11','2022-06-01 13:02:19',70213000000,'{\"cli\":\"442079460101\"}','*sessions','0.0624','{}','','2022-06-01 13:03:30',NULL,NULL),(3,'ee0c2b1','*default','203.0.113.20','freeswitch_json','s1','*sms','*prepaid','spoof.example','sms','u10233','u10233','447700900123','2022-06-01 13:02:11','2022-06-01 13:02:19',1,'{}','*sessions','0.0100','{}','','2022-06-01 13:03:30',NULL,NULL);
/*!40000 ALTER TABLE `cdrs` ENABLE KEYS */;
UNLOCK TABLES;

-- Dump completed on 2022-11-30 12:00:00

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
INSERT INTO `pkg_cdr` VALUES (9,2,3,3,NULL,399,NULL,'442079460101','1677409801.16','2023-02-26 11:10:17',72,'447700900123',0.132,0,'621105','0.039600',67,1,'0.000000'),(10,2,1,1,NULL,399,NULL,'anonymous','1677409959.20','2023-02
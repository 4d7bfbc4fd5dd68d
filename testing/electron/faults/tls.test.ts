import { testFaults } from './run-cases.ts'
import { tlsCases } from './tls-cases.ts'

testFaults('a connection that cannot be encrypted', tlsCases)

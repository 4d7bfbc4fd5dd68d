import { connectionCases } from './connection-cases.ts'
import { testFaults } from './run-cases.ts'

testFaults('a broken connection', connectionCases)

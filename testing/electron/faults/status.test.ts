import { testFaults } from './run-cases.ts'
import { statusCases } from './status-cases.ts'

testFaults('a status instead of an answer', statusCases)

import { resultCases } from './result-cases.ts'
import { testFaults } from './run-cases.ts'

testFaults('results that are not what they should be', resultCases)

import { errorIdCases } from './error-id-cases.ts'
import { testFaults } from './run-cases.ts'

testFaults('an error of the protocol', errorIdCases)

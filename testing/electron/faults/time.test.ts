import { timeCases } from './time-cases.ts'
import { testFaults } from './run-cases.ts'

testFaults('time', timeCases)

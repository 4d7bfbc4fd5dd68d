import { localCases } from './local-cases.ts'
import { testFaults } from './run-cases.ts'

testFaults('the engine on this computer', localCases)

import { testFaults } from './run-cases.ts'
import { unreachableCases } from './unreachable-cases.ts'

testFaults('a server that cannot be reached', unreachableCases)

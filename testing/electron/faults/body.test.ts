import { bodyCases } from './body-cases.ts'
import { testFaults } from './run-cases.ts'

testFaults('a body that is not what it should be', bodyCases)
